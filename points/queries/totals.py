"""Totals with the numbers that they are made of: what the formula shows (F04)."""

from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from members.models import Member
from organizations.enums import Nature
from organizations.models import Organization
from points.enums import SubjectKind
from points.models import PointBalance, Rollup
from points.periods import codes_of, today, year_code

ZERO = Decimal(0)


class Words(NamedTuple):
    """What the parts of a total are called: own + Σ ÷ number = own + mean = total."""

    own: str
    inner: str
    number: str
    mean: str
    total: str
    nobody: str
    """Why there is nothing to divide by."""


# rules.md §1: what is added up and what it is divided by, by nature.
WORDS = {
    Nature.BRANCH: Words(
        "支部积分", "党员积分合计", "计入党员", "党员人均", "支部总积分", "还没有计入的党员"
    ),
    Nature.GENERAL_BRANCH: Words(
        "党总支积分", "支部总积分合计", "支部数", "支部平均", "党总支总积分", "还没有支部"
    ),
    Nature.COMMITTEE: Words("党委积分", "支部总积分合计", "支部数", "支部平均", "党委总积分", "还没有支部"),
}


class Formula(NamedTuple):
    """total = own + quotient, quotient = inner_sum ÷ inner_count (0 if nobody counts). computed_at: None before the
    first computation. kind: the organisation's nature, which decides the words."""

    own: Decimal
    inner_sum: Decimal
    inner_count: int
    quotient: Decimal
    total: Decimal
    computed_at: datetime | None
    kind: Nature

    @property
    def words(self) -> Words:
        return WORDS[self.kind]

    def text(self) -> str:
        """In one line: 支部积分 5.00 + 党员积分合计 12.00 ÷ 计入党员 3 = 支部总积分 9.00."""
        words = self.words
        if not self.inner_count:
            return f"{words.own} {self.own:,.2f} = {words.total} {self.total:,.2f}（{words.nobody}）"
        return (
            f"{words.own} {self.own:,.2f} + {words.inner} {self.inner_sum:,.2f} ÷ {words.number} {self.inner_count:,}"
            f" = {words.total} {self.total:,.2f}"
        )


def total_of(organization: Organization, period: int) -> Formula:
    """The stored formula of an organisation in a period; zeros if nothing was computed yet."""
    kind = Nature(organization.nature)
    row = Rollup.objects.filter(period=period, organization_id=organization.pk).first()
    if row is None:
        return Formula(ZERO, ZERO, 0, ZERO, ZERO, None, kind)
    return Formula(
        row.own, row.inner_sum, row.inner_count, row.total - row.own, row.total, row.computed_at, kind
    )


def balances_of(member: Member, year: int) -> dict[int, Decimal]:
    """Period code → points of a member, for every period of a year that has any: one query."""
    rows = PointBalance.objects.filter(
        subject_kind=SubjectKind.MEMBER,
        subject_id=member.pk,
        period__gte=year * 100,
        period__lt=(year + 1) * 100,
    )
    return dict(rows.values_list("period", "points"))


def member_total(member: Member, year: int | None = None) -> Decimal:
    """A member's points of a year (this one by default)."""
    period = year_code(today()) if year is None else year * 100
    row = PointBalance.objects.filter(
        period=period, subject_kind=SubjectKind.MEMBER, subject_id=member.pk
    ).first()
    return row.points if row else ZERO


def member_summary(member: Member, year: int) -> dict:
    """Year, this month and quarter (0 in another year), and the months that have points."""
    found = balances_of(member, year)
    now = codes_of(today())
    return {
        "year": year,
        "total": found.get(year * 100, ZERO),
        "month": found.get(now[1], ZERO),
        "quarter": found.get(now[2], ZERO),
        "months": [
            {"month": period % 100, "points": found[period]}
            for period in sorted(found)
            if 1 <= period % 100 <= 12
        ],
    }
