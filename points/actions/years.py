"""A year closes on settings.POINTS_YEAR_CLOSES (rules.md §1): what comes later is booked in the open year."""

from collections.abc import Collection
from datetime import date

from django.db import transaction

from accounts.models import Account
from points.models import ClosedYear
from points.periods import closing_day, today
from sanjin.common import locks
from sanjin.common.audit import audited
from sanjin.common.errors import RuleError

# Who books into last year holds this lock shared, who closes it holds it alone: no fact slips in behind the closing.
CLOSING_LOCK = 7_310_003


def booking_day(acted_on: date) -> date:
    """The day whose periods an act belongs to: its own, or today if its year is closed. Only facts of an earlier year
    ask the database. Call inside the transaction that books."""
    now = today()
    if acted_on.year >= now.year:
        return acted_on
    locks.together(CLOSING_LOCK)
    is_open = now <= closing_day(acted_on.year) and not frozen_years({acted_on.year})
    return acted_on if is_open else now


def frozen_years(years: Collection[int]) -> set[int]:
    """Those whose totals are never computed again: closed by `close_year`, or over before this system began."""
    before = {year for year in years if year < today().year - 1}
    return before | set(ClosedYear.objects.filter(year__in=years).values_list("year", flat=True))


def open_years() -> list[int]:
    """This year, and the last one until its closing day."""
    year = today().year
    last_is_open = today() <= closing_day(year - 1) and not frozen_years({year - 1})
    return [year - 1, year] if last_is_open else [year]


def close_year(year: int, *, actor: Account | None = None) -> None:
    """Compute a year's totals a last time and freeze them. Twice is once. RuleError `year_still_open` (409) before its
    closing day is over."""
    from .recompute import recompute_all, recompute_dirty  # noqa: PLC0415  a recompute asks which years are open

    if today() <= closing_day(year):
        raise RuleError(
            "year_still_open", f"{year}年积分要到 {closing_day(year):%Y年%m月%d日} 之后才能封账。", status=409
        )
    with transaction.atomic():
        locks.alone(CLOSING_LOCK)
        if ClosedYear.objects.filter(year=year).exists():
            return
        with audited("points.year_closed", actor=actor, year=year):
            recompute_dirty(
                wait=True
            )  # its months and quarters: a mark that is left over finds the year frozen
            recompute_all(year * 100)
            ClosedYear.objects.create(year=year)
