"""Who is on the list."""

from collections.abc import Collection, Iterable

from accounts.models import Account
from meetings.actions.guards import managed, must_be_in
from meetings.actions.notices import tell_called
from meetings.enums import OPEN_TO_PEOPLE, Attendance, MeetingState, Method
from meetings.models import Meeting, Participant
from meetings.queries.people import askable
from meetings.validators import check_number
from members.models import Member
from sanjin.common.errors import RuleError


def enlist(meeting: Meeting, members: Iterable[int], *, organisers: Collection[int] = ()) -> None:
    """Put members (ids) on the list in one statement; those on it stay as they are. Organisers attend at once (F12)."""
    rows = [
        Participant(
            meeting=meeting,
            member_id=pk,
            organiser=pk in organisers,
            state=Attendance.PRESENT if pk in organisers else Attendance.INVITED,
            method=Method.ORGANISER if pk in organisers else "",
        )
        for pk in sorted(members)
    ]
    Participant.objects.bulk_create(rows, ignore_conflicts=True, batch_size=1000)


def add_participants(meeting: Meeting, members: Collection[Member], *, actor: Account) -> int:
    """Add members of the hosts to the list (F13: the answer to 您不在参会名单); returns how many are new.

    RuleError: `not_organiser` (403), `wrong_state` (409), `not_eligible`, `too_many_people` (400).
    """
    with managed("meeting.participants_added", meeting, actor) as (meeting, entry):
        must_be_in(meeting, OPEN_TO_PEOPLE, "增加参会人员")
        wanted = {member.pk for member in members}
        _must_be_eligible(meeting, wanted)
        listed = set(meeting.participants.values_list("member", flat=True))
        new = wanted - listed
        check_number(len(listed | new), field="members")
        enlist(meeting, new)
        meeting.uninvited_scans.filter(member__in=wanted).delete()
        entry.data = {"members": sorted(new)}
        if meeting.state == MeetingState.PUBLISHED:
            tell_called(meeting, new, change=entry.uuid)
    return len(new)


def _must_be_eligible(meeting: Meeting, wanted: set[int]) -> None:
    if not wanted or askable(meeting).filter(pk__in=wanted).count() != len(wanted):
        raise RuleError(
            "not_eligible",
            "所选人员不是主办组织的在册党员，不能加入名单。请只选择主办组织的党员。",
            field="members",
        )
