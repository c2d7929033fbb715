"""Exports. No cell is ever a formula, whatever people typed into names and remarks (threats.md, test 7)."""

import re
import tempfile
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import IO, Any

from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter

RISKY = ("=", "+", "-", "@", "\t", "\r")
_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
HEADING_FONT = Font(bold=True)
HEADING_FILL = PatternFill("solid", fgColor="F3F4F6")


def write_rows(
    headings: Sequence[str],
    rows: Iterable[Sequence[Any]],
    *,
    title: str = "导出",
    text: Collection[int] = (),
    widths: Sequence[int] = (),
) -> IO[bytes]:
    """A workbook as an open temporary file, at its beginning; memory stays bounded.

    text: positions of columns (from 0) that Excel must treat as text: ID numbers, phones.
    """
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:31])
    sheet.freeze_panes = "A2"
    for position, heading in enumerate(headings):
        width = widths[position] if position < len(widths) else max(12, 2 * len(heading) + 4)
        sheet.column_dimensions[get_column_letter(position + 1)].width = width
    sheet.append([heading_cell(sheet, heading) for heading in headings])
    for row in rows:
        sheet.append([safe_cell(sheet, value, as_text=i in text) for i, value in enumerate(row)])
    file = tempfile.SpooledTemporaryFile(max_size=4 * 1024 * 1024)  # noqa: SIM115  the caller closes it
    book.save(file)
    file.seek(0)
    return file


def heading_cell(sheet: Any, heading: str) -> WriteOnlyCell:
    """A heading may come from a file that was uploaded: it is text like any other cell."""
    cell = text_cell(sheet, _ILLEGAL.sub("", heading))
    cell.font, cell.fill = HEADING_FONT, HEADING_FILL
    return cell


def safe_cell(sheet: Any, value: Any, *, as_text: bool = False) -> Any:
    """A value that openpyxl writes as what it is, and never as a formula."""
    if isinstance(value, str):
        value = _ILLEGAL.sub("", value)
        if as_text or value.startswith(RISKY):
            return text_cell(sheet, value)
    elif isinstance(value, datetime) and timezone.is_aware(value):
        return timezone.localtime(value).replace(tzinfo=None)
    elif as_text and value is not None:
        return text_cell(sheet, str(value))
    return value


def text_cell(sheet: Any, value: str) -> WriteOnlyCell:
    """Text for Excel too when somebody edits the cell later: the format is text, the prefix a quote."""
    cell = WriteOnlyCell(sheet, value=value)
    cell.data_type = "s"
    cell.number_format = "@"
    if value.startswith(RISKY):
        cell.quotePrefix = True
    return cell
