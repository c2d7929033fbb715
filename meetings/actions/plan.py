"""What is asked for when a meeting is called or changed, and whom that means."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256

from meetings.enums import MeetingKind
from meetings.models import Meeting
from meetings.queries.people import eligible, everybody
from meetings.validators import check_audience
from members.models import Member
from organizations.models import Organization
from sanjin.common.errors import RuleError

FIELDS = ("kind", "title", "agenda", "place", "starts_at", "ends_at")


@dataclass(frozen=True)
class MeetingPlan:
    """What a form or the API asks for. `participants=None` is 全体党员: everybody of the branches that hold it."""

    kind: MeetingKind
    title: str
    place: str
    starts_at: datetime
    ends_at: datetime
    organisers: Sequence[Member]
    participants: Sequence[Member] | None = None
    agenda: str = ""
    joint_hosts: Sequence[Organization] = field(default_factory=tuple)


@dataclass(frozen=True)
class Audience:
    """Ids of members: those who organise, and all who are asked (organisers among them)."""

    organisers: frozenset[int]
    everyone: frozenset[int]

    @property
    def fingerprint(self) -> str:
        """Short, for a form to carry: the same for the same people in the same roles."""
        return _short(f"{sorted(self.organisers)} {sorted(self.everyone)}")


def fingerprint(meeting: Meeting) -> str:
    """The same for what was called but for its people: as short, for the same use."""
    return _short(repr([str(getattr(meeting, name)) for name in FIELDS]))


def _short(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:16]


def resolve(plan: MeetingPlan, hosts: Sequence[Organization], *, listed: Audience | None = None) -> Audience:
    """Check who is asked (F45); every one must belong to a host or below it. RuleError `not_eligible`, and those
    of `check_audience`. listed: who is on the list already and not judged again, since people move meanwhile."""
    chosen = everybody(hosts) if plan.participants is None else plan.participants
    organisers = frozenset(member.pk for member in plan.organisers)
    everyone = organisers | {member.pk for member in chosen}
    audience = Audience(organisers, everyone)
    if audience == listed:
        return audience
    allowed, new = eligible(hosts), everyone - (listed.everyone if listed else frozenset())
    check_audience(eligible=allowed[:2].count(), organisers=organisers, participants=everyone)
    if allowed.filter(pk__in=new).count() != len(new):
        raise RuleError(
            "not_eligible",
            "名单里有人不是主办组织的在册党员。请只选择主办组织的党员；其他支部的党员须由其支部联合主办。",
            field="participants",
        )
    return audience


def audience_of(meeting: Meeting) -> Audience:
    """Who is on the list now."""
    rows = list(meeting.participants.values_list("member", "organiser"))
    return Audience(frozenset(pk for pk, lead in rows if lead), frozenset(pk for pk, _ in rows))
