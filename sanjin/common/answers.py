"""Answers that pages of several apps give: a workbook to save, and the end of a part's asking for itself."""

from urllib.parse import quote

from django.http import HttpResponse

STOP_POLLING = 286  # htmx: draw this answer and ask no more
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def workbook(content: bytes, name: str, *, private: bool = False) -> HttpResponse:
    """An .xlsx file to save under `name` (without ending); `private`: it holds personal data, so nothing keeps it."""
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}.xlsx"
    if private:
        response["Cache-Control"] = "private, no-store"
    return response


def redraw() -> HttpResponse:
    """To a part that asks for itself: the work is done, draw the whole page again."""
    response = HttpResponse(status=STOP_POLLING)
    response["HX-Refresh"] = "true"
    return response
