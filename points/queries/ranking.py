"""Rankings, where they are shown: an organisation may switch them off for itself and all below (F03)."""

from decimal import Decimal
from typing import NamedTuple

from django.db.models import F, OuterRef, QuerySet, Subquery, Window
from django.db.models.functions import Coalesce, Left, Rank

from accounts.models import Account
from accounts.queries import settled_below
from members.models import Member, MemberQuerySet
from organizations.enums import OrganizationState
from organizations.models import Organization
from organizations.paths import subtree
from organizations.queries import direct_superior, setting_of
from points.enums import SubjectKind
from points.models import PointBalance, Rollup
from points.models.rollup import RollupQuerySet

NOTICE = "积分仅供参考，不作为评先评优和考核的依据。"
SWITCHED_OFF = "本组织或上级组织已关闭积分排行，因此这里不显示名次。积分公式和积分明细不受影响；如需开启，请联系上级党委管理员。"
MOST = 100


class Place(NamedTuple):
    """One line of a ranking; mine: the reader."""

    rank: int
    name: str
    points: Decimal
    mine: bool


class OrganizationPlace(NamedTuple):
    """A line of the ranking of organisations. settled, branches: 入驻支部数 and all branches below (F40); None for a branch.
    mine: the reader's branch, or what stands above it."""

    rank: int
    name: str
    points: Decimal
    mine: bool
    settled: int | None
    branches: int | None


def rankings_shown(organization: Organization) -> bool:
    """F03: whether rankings are on here and above."""
    return setting_of(organization, "rankings_shown")


def ranking(account: Account, scope: Organization, period: int, nature: str) -> QuerySet[Rollup]:
    """Totals of active organisations of a nature below `scope` (itself too) that the account sees, with `rank`, the
    highest first. Subtrees that switched rankings off are left out; empty if `scope` itself is in one."""
    if not rankings_shown(scope):
        return Rollup.objects.none()
    rows = Rollup.objects.filter(
        subtree(scope.path, "organization__"),
        period=period,
        organization__state=OrganizationState.ACTIVE,
        organization__nature=nature,
    )
    if account.is_admin:
        rows = rows.filter(subtree(ranking_root(account.seat).path, "organization__"))
    rows = _without_hidden(rows, scope)
    rank = Window(Rank(), order_by=F("total").desc())
    return rows.select_related("organization").annotate(rank=rank).order_by("-total", "organization__path")


def _without_hidden(rows: RollupQuerySet, scope: Organization) -> RollupQuerySet:
    """Leave out what stands in a subtree below `scope` that switched rankings off. One condition for each depth at
    which somebody did, by the superior at that depth: thousands of branches that did cost no more than one."""
    off = Organization.objects.below(scope).filter(rankings_shown=False).order_by()
    for depth in off.values_list("depth", flat=True).distinct():
        above = Left("organization__path", depth * Organization.steplen)
        rows = rows.alias(above=above).exclude(above__in=off.filter(depth=depth).values("path"))
    return rows


def organization_places(rows: QuerySet[Rollup], mine: Organization | None) -> list[OrganizationPlace]:
    """The first `MOST` of a `ranking` as a member of the branch `mine` sees them, with how many branches have settled in: two queries."""
    first = list(rows[:MOST])
    above = [row.organization for row in first if not row.organization.is_branch]
    settled = settled_below(above) if above else {}
    return [
        OrganizationPlace(
            row.rank,  # type: ignore[attr-defined]  # annotated by `ranking`
            row.organization.name,
            row.total,
            mine is not None and mine.path.startswith(row.organization.path),
            *settled.get(row.organization_id, (None, None)),
        )
        for row in first
    ]


def ranking_scope(organization: Organization) -> Organization:
    """Where a member's branch is ranked: below its direct superior committee, or alone if it has none."""
    return direct_superior(organization) or organization


def ranking_root(seat: Organization) -> Organization:
    """What an admin's ranking reaches: a branch stands among those that its members see in the app; anybody above sees
    what is below."""
    return ranking_scope(seat) if seat.is_branch else seat


def member_points(organization: Organization, period: int) -> MemberQuerySet:
    """Present members of a branch with their `points` of a period, the highest first; `counts` tells who is in Σ."""
    balances = PointBalance.objects.filter(period=period, subject_kind=SubjectKind.MEMBER)
    return (
        Member.objects.filter(organization=organization)
        .present()
        .annotate(points=Coalesce(_balance(balances), 0, output_field=PointBalance._meta.get_field("points")))
        .order_by("-points", "name_key", "pk")
    )


def _balance(balances: QuerySet) -> Subquery:
    return Subquery(balances.filter(subject_id=OuterRef("pk")).values("points")[:1])


def member_ranking(reader: Member, period: int) -> list[Place]:
    """Members of the reader's branch by points, the first `MOST`; equal points share a rank."""
    lines: list[Place] = []
    counted = member_points(reader.organization, period).counted()
    rows = counted.values_list("pk", "name", "points")  # type: ignore[misc]  # the plugin forgets what was annotated
    for place, (pk, name, points) in enumerate(rows[:MOST], start=1):
        rank = lines[-1].rank if lines and lines[-1].points == points else place
        lines.append(Place(rank, name, points, pk == reader.pk))
    return lines
