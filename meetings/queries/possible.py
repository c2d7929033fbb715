"""What may be done now, with a meeting and with a row of its list: asked by page and API alike, and answered from the
tables that the actions consult."""

from collections.abc import Sequence
from dataclasses import dataclass

from meetings.enums import (
    ATTENDED,
    CHECK_IN_OPEN,
    CODE_ON_PAPER,
    EDITABLE,
    LEAVE_OPEN,
    MAY_CHECK_IN,
    NEXT,
    OPEN_TO_PEOPLE,
    WITHDRAWAL_OPEN,
    Attendance,
    MeetingState,
    Phase,
)
from meetings.models import Meeting, Participant
from meetings.queries.lists import MyMeeting
from meetings.queries.proxies import refusals


@dataclass(frozen=True)
class Possible:
    """With a meeting, by who manages it; who does not can do nothing of it."""

    publish: bool = False
    edit: bool = False
    cancel: bool = False
    add: bool = False
    sign_in: bool = False
    code: bool = False  # on paper or on a screen, before people come
    show_code: bool = False  # on the organiser's phone
    withdraw: bool = False
    file: bool = False
    revise: bool = False


def possible(meeting: Meeting, *, manages: bool) -> Possible:
    """manages: whether it is asked for somebody who manages the meeting."""
    if not manages:
        return Possible()
    phase = meeting.phase
    return Possible(
        publish=phase == Phase.DRAFT,
        edit=bool(EDITABLE[phase]),
        cancel=MeetingState.CANCELLED in NEXT[MeetingState(meeting.state)],
        add=phase in OPEN_TO_PEOPLE,
        sign_in=phase in CHECK_IN_OPEN,
        code=phase in CODE_ON_PAPER,
        show_code=phase in CHECK_IN_OPEN,
        withdraw=phase in WITHDRAWAL_OPEN,
        file=phase in CHECK_IN_OPEN and meeting.has_started,
        revise=phase == Phase.CLOSED,
    )


def possible_for_me(meeting: "MyMeeting") -> Possible:
    """The same for the member whose part the meeting carries: `permissions.manageable` without a query."""
    return possible(meeting, manages=bool(meeting.is_organiser) and meeting.in_standing)


def may_check_in(meeting: "MyMeeting") -> bool:
    """Whether the member whose part the meeting carries can scan its code now."""
    return meeting.in_standing and meeting.phase in CHECK_IN_OPEN and meeting.my_state in MAY_CHECK_IN


def may_ask_leave(meeting: "MyMeeting") -> bool:
    """Whether that member can ask for leave now; an organiser stays."""
    invited = meeting.my_state == Attendance.INVITED
    return invited and not meeting.is_organiser and meeting.phase in LEAVE_OPEN


@dataclass(frozen=True)
class Person:
    """A participant and what may be done with the row now; `refusal`: why nobody can sign in for him (F11). A row
    without pk is somebody who scanned and is not on the list (F13)."""

    row: Participant
    proxy: bool
    refusal: str
    withdraw: bool
    add: bool


def people(rows: Sequence[Participant], can: Possible) -> list[Person]:
    """can: what may be done with their meeting. At most one query, however many rows."""
    waiting = [row.member for row in rows if _is_open(row)] if can.sign_in else []
    refused = {pk: refusal.message for pk, refusal in refusals(waiting).items()}
    return [_person(row, can, refused.get(row.member_id, "")) for row in rows]


def _person(row: Participant, can: Possible, refusal: str) -> Person:
    return Person(
        row,
        proxy=can.sign_in and _is_open(row) and not refusal,
        refusal=refusal,
        withdraw=can.withdraw and row.state in ATTENDED,
        add=can.add and not row.pk,
    )


def _is_open(row: Participant) -> bool:
    return bool(row.pk) and row.state in MAY_CHECK_IN
