"""Who may be asked, who came, and whether that was enough."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from accounts.models import Account
from meetings.enums import ATTENDED, MeetingKind, Method
from meetings.models import Meeting, Participant
from members.models import Member
from members.queries.search import found
from organizations.models import Organization
from organizations.queries import on_everywhere


def hosts_of(meeting: Meeting) -> QuerySet[Organization]:
    """The hosts whose people a meeting may ask: those at or below who called it. A branch that has moved to another
    superior since stays named as a host, and its people are none of the former one's business."""
    return Organization.objects.filter(
        hosted__meeting=meeting, path__startswith=F("hosted__meeting__organization__path")
    )


def eligible(hosts: Iterable[Organization]) -> QuerySet[Member]:
    """Members whom these hosts may ask: their own, and for a superior those of the organisations below it."""
    scope = Q(pk__in=())
    for host in hosts:
        below = Q(organization=host) if host.is_branch else Q(organization__in=_below(host))
        scope |= below
    return Member.objects.normal().filter(scope)


def everybody(hosts: Iterable[Organization]) -> QuerySet[Member]:
    """Who “全体党员” is: all members of the hosts that are branches; a superior's whole tree is never asked at once."""
    branches = [host.pk for host in hosts if host.is_branch]
    return Member.objects.normal().filter(organization__in=branches)


def _below(host: Organization) -> QuerySet:
    return Organization.objects.below(host).order_by().values("pk")


def may_be_asked(meeting: Meeting, member: Member) -> bool:
    """Whether this member (with organisation loaded) belongs to a host of the meeting or below one."""
    path = member.organization.path
    return any(path.startswith(host.path) for host in hosts_of(meeting))


def may_print(meeting: Meeting) -> bool:
    """F10: whether the code may be printed or photographed: no host of the meeting, nor any superior of one, forbids it."""
    return on_everywhere(Organization.objects.filter(hosted__meeting=meeting), "screenshot_codes")


def roster(meeting: Meeting) -> QuerySet[Participant]:
    """Participants as lists show them: organisers first, then by name; with the member, its branch, and who signed in
    for it."""
    rows = meeting.participants.select_related("member__organization", "by")
    return rows.order_by("-organiser", "member__name_key", "pk")


@dataclass(frozen=True)
class Counts:
    """Each participant is in exactly one of the five; `total` is their sum."""

    present: int = 0
    late: int = 0
    leave: int = 0
    invited: int = 0
    absent: int = 0

    @property
    def total(self) -> int:
        return self.present + self.late + self.leave + self.invited + self.absent

    @property
    def attended(self) -> int:
        return self.present + self.late


def counts(meeting: Meeting) -> Counts:
    """How many are in each state of attendance: one query."""
    rows = meeting.participants.order_by().values("state").annotate(n=Count("pk")).values_list("state", "n")
    return Counts(**dict(rows))


@dataclass(frozen=True)
class Quorum:
    """rules.md §4: of those with a vote at least half must be present."""

    voters: int
    present: int

    @property
    def needed(self) -> int:
        return (self.voters + 1) // 2

    @property
    def reached(self) -> bool:
        return self.present >= self.needed


def quorum(meeting: Meeting) -> Quorum | None:
    """Of a congress: its voters and how many of them came on time; None for meetings without a quorum. A
    closed one has what was counted at its closing, whoever has joined or left since."""
    if meeting.kind != MeetingKind.CONGRESS:
        return None
    if meeting.voters is not None and meeting.voters_present is not None:
        return Quorum(meeting.voters, meeting.voters_present)
    came = Q(pk__in=meeting.participants.on_time().values("member"))
    counted = _voters(meeting).aggregate(voters=Count("pk"), present=Count("pk", filter=came))
    return Quorum(**counted)


def _voters(meeting: Meeting) -> QuerySet[Member]:
    """Who has a vote in it: the voters of the branches that hold it; if a superior holds it alone, of those asked.
    Guests of other branches have none."""
    branches = Organization.objects.filter(hosted__meeting=meeting).branches().order_by()
    if branches.exists():
        return Member.objects.voting().filter(organization__in=branches.values("pk"))
    return Member.objects.voting().filter(meetings__meeting=meeting)


def listed(meeting: Meeting) -> QuerySet[Member]:
    """Members on its list, each with its branch."""
    return Member.objects.filter(meetings__meeting=meeting).select_related("organization")


def askable(meeting: Meeting) -> QuerySet[Member]:
    """Members whom the hosts of a meeting may ask, on its list or not."""
    return eligible(hosts_of(meeting))


def addable(meeting: Meeting) -> QuerySet[Member]:
    """Members of the hosts who are not on the list yet."""
    return askable(meeting).exclude(meetings__meeting=meeting)


def find_people(account: Account, text: str) -> list[Member]:
    """At most 20 members in an admin's scope by name, pinyin, initials or whole number; none for a blank text."""
    if not text.replace("\0", "").strip():
        return []
    members = found(Member.objects.visible_to(account).normal(), text)
    return list(members.select_related("organization").order_by("name_key", "pk")[:20])


def signed_in(meeting: Meeting) -> dict[str, int]:
    """`signed`: how many came that are not organisers; `proxies`: for how many of them an organiser signed in."""
    rows = meeting.participants.filter(state__in=list(ATTENDED)).exclude(method=Method.ORGANISER)
    return rows.aggregate(signed=Count("pk"), proxies=Count("pk", filter=Q(method=Method.PROXY)))


def points_result(meeting: Meeting) -> dict:
    """What attendance earned: `paid` (people, points) and `unpaid` [(why, people), …], the most frequent reason first."""
    rows = meeting.participants.filter(points__isnull=False).order_by()
    paid = rows.filter(points__gt=0).aggregate(people=Count("pk"), points=Coalesce(Sum("points"), Decimal(0)))
    unpaid = rows.filter(points=0).values_list("points_note").annotate(n=Count("pk")).order_by("-n")
    return {"paid": paid, "unpaid": list(unpaid)}
