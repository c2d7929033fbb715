"""One meeting: where it stands, what comes next, who came (F47)."""

from typing import Any

from django.core.paginator import Paginator
from django.views.generic.base import ContextMixin, TemplateResponseMixin

from meetings.actions.attendance import proxy_refusal
from meetings.enums import (
    ATTENDED,
    CHECK_IN_OPEN,
    CODE_ON_PAPER,
    EDITABLE,
    NEXT,
    OPEN_TO_PEOPLE,
    WITHDRAWAL_OPEN,
    Attendance,
    MeetingState,
    Phase,
)
from meetings.models import Meeting, Participant
from meetings.queries.people import counts, points_result, quorum, roster
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


def possible(meeting: Meeting) -> dict[str, bool]:
    """Which buttons there are: from the same tables that the actions consult."""
    phase = meeting.phase
    return {
        "publish": phase == Phase.DRAFT,
        "edit": bool(EDITABLE[phase]),
        "cancel": MeetingState.CANCELLED in NEXT[MeetingState(meeting.state)],
        "add": phase in OPEN_TO_PEOPLE,
        "sign_in": phase in CHECK_IN_OPEN,
        "code": phase in CODE_ON_PAPER,
        "withdraw": phase in WITHDRAWAL_OPEN,
        "file": phase in CHECK_IN_OPEN and meeting.has_started,
        "revise": phase == Phase.CLOSED,
    }


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
        can = possible(meeting) if self.may_manage else {}
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
            "waiting": meeting.uninvited_scans.select_related("member") if can else [],
            "page": page,
            "people": [person_row(row, can) for row in page.object_list],
            "state": state,
            "states": Attendance.choices,
            "minutes": meeting.minutes.select_related("author").first(),
            "can": can,
            **(points_result(meeting) if meeting.closed_at else {}),
            "may_manage": self.may_manage,
        }
        return super().get_context_data(**(mine | context))


def person_row(row: Participant, can: dict[str, bool]) -> dict[str, Any]:
    """A participant and what may be done with the row now (F11)."""
    here = row.state in ATTENDED
    refusal = "" if here else proxy_refusal(row.member)
    return {
        "row": row,
        "here": here,
        "proxy": can.get("sign_in") and not here and not refusal,
        "refusal": refusal if can.get("sign_in") else "",
        "withdraw": here and can.get("withdraw"),
    }
