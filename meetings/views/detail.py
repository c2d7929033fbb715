"""One meeting: where it stands, what comes next, who came (F47)."""

from typing import Any

from django.core.paginator import Paginator
from django.views.generic.base import ContextMixin, TemplateResponseMixin

from meetings.enums import Attendance, Phase
from meetings.models import Meeting
from meetings.queries.people import counts, points_result, quorum, roster
from meetings.queries.possible import people as with_acts
from meetings.queries.possible import possible
from meetings.queries.progress import next_step, steps
from sanjin.common.formats import moment

from .base import OfMeeting

PER_PAGE = 50


def shown_steps(meeting: Meeting) -> list[dict[str, str]]:
    """The steps as the component draws them: late minutes and a cancelled meeting stand out."""
    late, stopped = meeting.phase == Phase.AWAITING_MINUTES, meeting.phase == Phase.CANCELLED
    current = "late" if late else "stopped" if stopped else "current"
    return [
        {
            "label": step.label,
            "state": current if step.state == "current" else step.state,
            "note": " ".join(filter(None, (moment(step.at), step.hint))),
        }
        for step in steps(meeting)
    ]


class DetailPage(TemplateResponseMixin, ContextMixin, OfMeeting):
    template_name = "meetings/detail.html"

    def get(self, request, *args: Any, **kwargs: Any):
        return self.render_to_response(self.get_context_data())

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        meeting = self.meeting
        state = self.request.GET.get("state", "")
        people = roster(meeting)
        if state in Attendance.values:
            people = people.filter(state=state)
        page = Paginator(people, PER_PAGE).get_page(self.request.GET.get("page"))
        can = possible(meeting, manages=self.may_manage)
        hosts = list(meeting.hosts.select_related("organization").order_by("pk"))
        mine = {
            "title": meeting.title,
            "meeting": meeting,
            "steps": shown_steps(meeting),
            "next_step": next_step(meeting),
            "counts": counts(meeting),
            "quorum": quorum(meeting),
            "hosts": hosts,
            "several": len(hosts) > 1 or not meeting.organization.is_branch,
            "organisers": [row.member for row in meeting.participants.organisers().select_related("member")],
            "waiting": meeting.uninvited_scans.select_related("member") if can.add else [],
            "page": page,
            "people": with_acts(list(page.object_list), can),
            "state": state,
            "states": Attendance.choices,
            "minutes": meeting.minutes.select_related("author").first(),
            "can": can,
            "late": meeting.phase == Phase.AWAITING_MINUTES,
            **(points_result(meeting) if meeting.closed_at else {}),
            "may_manage": self.may_manage,
        }
        return super().get_context_data(**(mine | context))
