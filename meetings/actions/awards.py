"""What a closed meeting earns: rules.md §2 for members, §3 for the hosts. `points` knows only codes and source keys."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from accounts.models import Account
from meetings.enums import ATTENDED, Attendance, MeetingKind
from meetings.models import Host, Meeting, Participant
from meetings.queries.people import quorum
from points import subjects
from points.actions import Reason, award, explain, reverse
from points.queries.rules import version_on

# rules.md §2 has no rule for these: nobody earns for coming, and the page says so.
NOT_FOR_MEMBERS = frozenset({MeetingKind.APPRAISAL, MeetingKind.OTHER})
NOT_FOR_MEMBERS_NOTE = "这类会议不为党员积分"
# rules.md §3 names these; the rest are “other activities”.
OTHER_ACTIVITIES = frozenset({MeetingKind.TRAINING, MeetingKind.OTHER})


@dataclass(frozen=True)
class Act:
    """The facts that every booking of one meeting shares. The date is the meeting's start and never changes."""

    source_key: str
    acted_on: date
    title: str
    link: str
    actor: Account

    @classmethod
    def of(cls, meeting: Meeting, actor: Account) -> "Act":
        day = timezone.localdate(meeting.starts_at)
        return cls(source_key(meeting), day, meeting.title, f"/meetings/{meeting.uuid}", actor)


def source_key(meeting: Meeting) -> str:
    """What points know of a meeting: an opaque key."""
    return f"meeting:{meeting.uuid}"


def member_rule(kind: str) -> str | None:
    """Code of the rule that pays members for this kind (rules.md §2); None: it pays them nothing."""
    return None if kind in NOT_FOR_MEMBERS else f"meeting.{kind}"


def branch_rule(kind: str) -> str:
    """Code of the rule that pays the host (rules.md §3)."""
    return "branch.activity" if kind in OTHER_ACTIVITIES else f"branch.{kind}"


# Every code that a meeting may award (`points.awarders`).
RULES = frozenset(filter(None, map(member_rule, MeetingKind))) | frozenset(map(branch_rule, MeetingKind))


def award_meeting(meeting: Meeting, *, actor: Account) -> dict[str, Any]:
    """Book what a closed meeting earns, in a fixed number of queries: those who came on time (organisers too), a refusal
    for the late ones, and each host. The outcome is kept on their rows for the meeting's page. Returns facts for the
    audit. rules.md §2: nobody is paid for a meeting without its quorum, or that only organisers attended."""
    came = list(meeting.participants.filter(state__in=list(ATTENDED)).select_related("member"))
    hosts = list(Host.objects.filter(meeting=meeting).select_related("organization").order_by("pk"))
    refusal = refusal_for_all(meeting, came)
    act = Act.of(meeting, actor)
    _award_members(member_rule(meeting.kind), came, refusal, act)
    _book(branch_rule(meeting.kind), {subjects.organization(h.organization): h for h in hosts}, refusal, act)
    Participant.objects.bulk_update(came, ["points", "points_note"], batch_size=500)
    Host.objects.bulk_update(hosts, ["points", "points_note"])
    return {"came": len(came), "refusal": str(refusal or "")}


def refusal_for_all(meeting: Meeting, came: Sequence[Participant]) -> Reason | None:
    """Why nobody is paid, or None."""
    if all(row.organiser for row in came if row.state == Attendance.PRESENT):
        return Reason.ORGANISERS_ONLY
    reached = quorum(meeting)
    return Reason.NO_QUORUM if reached and not reached.reached else None


def take_back(meeting: Meeting, row: Participant, *, actor: Account, reason: str) -> None:
    """Reverse what a withdrawn check-in had earned; where it had earned nothing, its note says why, and stays."""
    subject = subjects.member(row.member)
    if reverse(source_key=source_key(meeting), subject=subject, actor=actor, reason=reason):
        row.points, row.points_note = 0, str(Reason.REVERSED.label)


def _award_members(rule: str | None, came: Iterable[Participant], refusal: Reason | None, act: Act) -> None:
    on_time: dict[subjects.Subject, Participant] = {}
    late: dict[subjects.Subject, Participant] = {}
    for row in came:
        if rule is None:
            row.points, row.points_note = 0, NOT_FOR_MEMBERS_NOTE
        (on_time if row.state == Attendance.PRESENT else late)[subjects.member(row.member)] = row
    if rule is not None:
        _book(rule, on_time, refusal, act)
        _book(rule, late, refusal or Reason.LATE, act)


def _book(rule: str, rows: dict[subjects.Subject, Any], refusal: Reason | None, act: Act) -> None:
    """Award, and set `points` and `points_note` of each subject's row from its outcome."""
    refuse = str(refusal) if refusal else None
    outcomes = award(rule, list(rows), refuse=refuse, **vars(act))
    version = version_on(rule, act.acted_on)
    for subject, outcome in outcomes.items():
        row = rows[subject]
        row.points, row.points_note = outcome.points, explain(version, outcome)
