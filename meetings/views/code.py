"""The check-in code on paper and on a screen (F10), and the attendance sheet."""

from typing import Any

from django.conf import settings
from django.shortcuts import render
from django.utils import timezone
from django.views.generic.base import ContextMixin, TemplateResponseMixin

from meetings import codes
from meetings.actions.guards import must_be_in
from meetings.enums import CHECK_IN_OPEN, CODE_ON_PAPER
from meetings.queries.people import counts, may_print, roster
from sanjin.common import qr
from sanjin.common.answers import STOP_POLLING

from .base import OfMeeting


def drawn(text: str) -> str:
    return qr.drawn(text, codes.LABEL)


class CodePage(TemplateResponseMixin, ContextMixin, OfMeeting):
    """The printable sheet; where a superior forbids it (or with ?live=1) the rotating code fills the screen."""

    template_name = "meetings/code.html"
    manages = True

    def get(self, request, *args: Any, **kwargs: Any):
        must_be_in(self.meeting, CODE_ON_PAPER, "出示签到码")
        return self.render_to_response(self.get_context_data())

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        printable = may_print(self.meeting)
        live = not printable or "live" in self.request.GET
        mine = {
            "title": "签到码",
            "meeting": self.meeting,
            "printable": printable,
            "live": live,
            "sentence": codes.SENTENCE,
        }
        if live:
            mine |= live_code(self.meeting)
        else:
            mine["drawing"] = drawn(codes.printable_text(self.meeting.uuid))
        return super().get_context_data(**(mine | context))


def live_code(meeting) -> dict[str, Any]:
    """The code of this moment, how often it changes (seconds), and who has come so far."""
    return {
        "drawing": drawn(codes.rotating_text(meeting.uuid, timezone.now())),
        "step": settings.MEETING_CODE_STEP_SECONDS,
        "counts": counts(meeting),
        "open": meeting.phase in CHECK_IN_OPEN,
    }


class LiveCode(OfMeeting):
    """The fragment that asks for itself every few seconds; it ends with the meeting."""

    manages = True

    def get(self, request, uuid):
        over = self.meeting.phase not in CODE_ON_PAPER
        context = {"meeting": self.meeting, "over": over} | ({} if over else live_code(self.meeting))
        return render(request, "meetings/_live_code.html", context, status=STOP_POLLING if over else 200)


class AttendanceSheet(TemplateResponseMixin, ContextMixin, OfMeeting):
    """The list of participants on paper."""

    template_name = "meetings/attendance.html"

    def get(self, request, *args: Any, **kwargs: Any):
        mine = {
            "title": "签到表",
            "meeting": self.meeting,
            "counts": counts(self.meeting),
            "people": list(roster(self.meeting)),
        }
        return self.render_to_response(self.get_context_data(**mine))
