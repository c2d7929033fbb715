"""What a closed meeting earns: rules.md §2 for members, §3 for the hosts. `points` knows only codes and source keys."""

from collections.abc import Iterable

from django.utils import timezone

from meetings.enums import ATTENDED, Attendance, MeetingKind
from meetings.models import Meeting, Participant
from meetings.queries.people import quorum
from members.models import Member
from organizations.models import Organization

# rules.md §2 has no rule for these: nobody earns for coming, and the page says so.
NOT_FOR_MEMBERS = frozenset({MeetingKind.APPRAISAL, MeetingKind.OTHER})
# rules.md §3: the rest are “other activities”.
OWN_RULE = frozenset(
    {
        MeetingKind.CONGRESS,
        MeetingKind.COMMITTEE,
        MeetingKind.GROUP,
        MeetingKind.LECTURE,
        MeetingKind.THEMEDAY,
        MeetingKind.LIFE,
        MeetingKind.APPRAISAL,
    }
)
LATE = "迟到签到不积分"


def source_key(meeting: Meeting) -> str:
    return f"meeting:{meeting.uuid}"


def member_rule(kind: str) -> str | None:
    return None if kind in NOT_FOR_MEMBERS else f"meeting.{kind}"


def branch_rule(kind: str) -> str:
    return f"branch.{kind}" if kind in OWN_RULE else "branch.activity"


def award_meeting(meeting: Meeting, *, actor) -> dict:
    """Book what a closed meeting earns, set-based: participants who came on time (organisers too), a refusal for the
    late ones, and the hosts. Returns counts for the audit. rules.md §2: nobody is paid for a meeting without its
    quorum, or that nobody but organisers attended."""
    from points.actions import award  # noqa: PLC0415

    came = list(meeting.participants.filter(state__in=list(ATTENDED)).select_related("member"))
    refusal = refusal_for_all(meeting, came)
    facts = {
        "source_key": source_key(meeting),
        "acted_on": timezone.localdate(meeting.starts_at),
        "title": meeting.title,
        "actor": actor,
    }
    if rule := member_rule(meeting.kind):
        award(rule, _subjects(came, Attendance.PRESENT), refuse=refusal or None, **facts)
        award(rule, _subjects(came, Attendance.LATE), refuse=refusal or LATE, **facts)
    hosts = Organization.objects.filter(hosted__meeting=meeting).order_by("pk")
    earning = [_organization(host) for host in hosts]
    award(branch_rule(meeting.kind), earning, refuse=refusal or None, **facts)
    return {"came": len(came), "refusal": refusal}


def refusal_for_all(meeting: Meeting, came: Iterable[Participant]) -> str:
    """The reason why nobody is paid, or an empty text."""
    if all(row.organiser for row in came if row.state == Attendance.PRESENT):
        return "只有组织者到会，本次会议不积分"
    reached = quorum(meeting)
    if reached and not reached.reached:
        return f"到会有表决权党员 {reached.present} 人，未过应到 {reached.voters} 人的半数，本次会议不积分"
    return ""


def take_back(meeting: Meeting, member: Member, *, actor, reason: str) -> None:
    """Reverse what a withdrawn check-in had earned, if anything."""
    from points.actions import reverse  # noqa: PLC0415

    reverse(source_key=source_key(meeting), subject=_member(member), actor=actor, reason=reason)


def _subjects(rows: Iterable[Participant], state: Attendance) -> list:
    return [_member(row.member) for row in rows if row.state == state]


def _member(member: Member):
    from points.actions import Subject, SubjectKind  # noqa: PLC0415

    return Subject(SubjectKind.MEMBER, member.pk, member.organization_id)


def _organization(host: Organization):
    from points.actions import Subject, SubjectKind  # noqa: PLC0415

    return Subject(SubjectKind.ORGANIZATION, host.pk, host.pk)
