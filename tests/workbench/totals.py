"""What totals should be, in plain Python from the raw rows (rules.md §1)."""

from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Sum

from organizations.enums import Nature
from organizations.models import Organization
from points.enums import SubjectKind
from points.models import Headcount, PointBalance, PointEntry, Rollup

MICRO = Decimal("0.000001")


def balances(kind: SubjectKind, period: int) -> dict[int, Decimal]:
    rows = PointBalance.objects.filter(subject_kind=kind, period=period)
    return defaultdict(Decimal, rows.values_list("subject_id", "points"))


def assert_totals(period: int) -> None:
    own = balances(SubjectKind.ORGANIZATION, period)
    of_member = balances(SubjectKind.MEMBER, period)
    counted = defaultdict(list)
    for member, branch in Headcount.objects.values_list("member_id", "organization_id"):
        counted[branch].append(of_member[member])
    tree = list(Organization.objects.values_list("id", "path", "nature"))
    branches = {}
    for pk, path, nature in tree:
        if nature == Nature.BRANCH:
            branches[path] = own[pk] + mean(counted[pk])
    expected = {
        pk: branches[path]
        if nature == Nature.BRANCH
        else own[pk] + mean([total for below, total in branches.items() if below.startswith(path)])
        for pk, path, nature in tree
    }
    stored = Rollup.objects.filter(period=period).values_list("organization_id", "total")
    assert dict(stored) == expected


def mean(values: list[Decimal]) -> Decimal:
    return (sum(values) / len(values)).quantize(MICRO, ROUND_HALF_UP) if values else Decimal(0)


def assert_balances_equal_the_ledger(year: int) -> None:
    entries = PointEntry.objects.filter(year=year).values_list("subject_kind", "subject_id")
    booked = {(kind, pk): points for kind, pk, points in entries.annotate(sum=Sum("points"))}
    rows = PointBalance.objects.filter(period=year * 100).values_list("subject_kind", "subject_id", "points")
    assert {(kind, pk): points for kind, pk, points in rows} == booked
