"""File the minutes, revise them, compare their versions (F14, F46)."""

from typing import Any

from django.http import Http404
from django.views.generic.base import ContextMixin, TemplateResponseMixin

from meetings.actions import file_minutes, revise_minutes
from meetings.enums import Phase
from meetings.forms import MinutesForm, RevisionForm
from meetings.models import Minutes
from meetings.queries.people import counts
from meetings.queries.progress import cut_off
from meetings.queries.versions import compare

from .base import MeetingAction, OfMeeting


class MinutesPage(MeetingAction):
    """Before the end: file; afterwards: revise."""

    template_name = "meetings/minutes.html"

    @property
    def closed(self) -> bool:
        return self.meeting.phase == Phase.CLOSED

    @property
    def title(self) -> str:
        return "修改纪要" if self.closed else "提交纪要"

    @property
    def submit_label(self) -> str:
        return "保存为新版本" if self.closed else "提交并结束会议"

    def get_form_class(self) -> type[MinutesForm]:
        return RevisionForm if self.closed else MinutesForm

    def get_initial(self) -> dict[str, Any]:
        newest = self.meeting.minutes.first() if self.closed else None
        return {"text": newest.text} if newest else {}

    def act(self, form: MinutesForm) -> str:
        data = form.cleaned_data
        if not self.closed:
            file_minutes(self.meeting, data["text"], actor=self.account)
            return "纪要已提交，会议已结束，积分已入账。"
        minutes = revise_minutes(self.meeting, data["text"], actor=self.account, reason=data["reason"])
        return f"已保存为第 {minutes.version} 版，之前的版本都保留着。"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        found = counts(self.meeting)
        cut = "" if self.closed else cut_off(self.meeting, found)
        mine = {"counts": found, "confirm": f"{cut}。提交后会议结束，不能再签到。" if cut else ""}
        return super().get_context_data(**(mine | context))


class VersionsPage(TemplateResponseMixin, ContextMixin, OfMeeting):
    """All versions, and what changed between two of them: the newest and the one before, unless asked otherwise."""

    template_name = "meetings/versions.html"

    def get(self, request, *args: Any, **kwargs: Any):
        versions = list(self.meeting.minutes.select_related("author"))
        if not versions:
            raise Http404
        newer = _chosen(versions, request.GET.get("newer"), 0)
        older = _chosen(versions, request.GET.get("older"), 1)
        mine = {
            "title": "纪要版本",
            "meeting": self.meeting,
            "versions": versions,
            "older": older,
            "newer": newer,
            "lines": compare(older, newer),
        }
        return self.render_to_response(self.get_context_data(**mine))


def _chosen(versions: list[Minutes], asked: str | None, place: int) -> Minutes:
    """The version asked for by number; else the one at `place` from the newest, as far as there are so many."""
    named = [one for one in versions if str(one.version) == asked]
    return named[0] if named else versions[min(place, len(versions) - 1)]
