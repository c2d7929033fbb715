"""Totals by set-based SQL, bottom-up, one statement a level (rules.md §1). Never a loop over rows in Python.

One way for 1 branch and for 130,000: the organisations to compute go into a work table (all of them, or the marked ones
and their ancestors); branches are computed from balances and headcount, each level above from its direct children: a
child branch brings (total, 1), any other child its own (Σ, n). A child that is not in the work table brings its stored
row. Only rows that changed are written. Recomputes are serialised by an advisory lock.
"""

from collections.abc import Collection
from typing import Any

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from points.enums import SubjectKind
from points.periods import codes_of, codes_of_month, today, year_code, year_of
from sanjin.common import locks

from . import recompute_sql as sql
from .years import frozen_years, open_years

RUN_LOCK, TURN_LOCK = 7_310_001, 7_310_002
BATCH = 200_000  # marks taken at once


def recompute_dirty(*, wait: bool = False) -> int:
    """Take all marks and compute what they name, with all ancestors, in their periods. Returns the rows that changed.

    The marks vanish in the transaction that stores the totals: a worker that dies loses nothing. If somebody already
    waits for the turn, that one will see our marks too, and we return at once; with `wait` we wait as well, for those
    who go on from there.
    """
    changed = 0
    with transaction.atomic():
        if wait:
            locks.alone(RUN_LOCK)
        elif not _take_turn():
            return 0
        while True:
            with connection.cursor() as cursor:
                cursor.execute(sql.TAKE_MARKS, [BATCH])
                marks = cursor.fetchall()
            for periods, organizations in _by_periods(marks).items():
                changed += _compute(periods, organizations)
            if len(marks) < BATCH:
                return changed


def recompute_all(period: int | None = None) -> int:
    """Compute every organisation: in one period, or in all current ones. Returns the number of rows that changed.

    A period of a closed year is left as it is.
    """
    periods = current_periods() if period is None else [period]
    with transaction.atomic():
        locks.alone(RUN_LOCK)
        return _compute(_open(periods), None)


def current_periods() -> list[int]:
    """The year, month and quarter of today, and last year until it is closed."""
    now = today()
    last = [year_code(now) - 100] if now.year - 1 in open_years() else []
    return last + codes_of(now)


def _by_periods(marks: Collection[tuple[int | None, int]]) -> dict[tuple[int, ...], set[int]]:
    """Marks grouped by the periods that they touch. A member that doesn't count has no branch to compute: the change
    that stopped the counting left a mark of its own."""
    groups: dict[tuple[int, ...], set[int]] = {}
    of_month = {month: tuple(_open(_periods(month))) for month in {month for _, month in marks}}
    for organization, month in marks:
        if organization is not None and of_month[month]:
            groups.setdefault(of_month[month], set()).add(organization)
    return groups


def _periods(month: int) -> list[int]:
    now = today()
    if month in (0, now.year * 100 + now.month):
        return current_periods()
    return codes_of_month(month)


def _open(periods: Collection[int]) -> list[int]:
    frozen = frozen_years({year_of(period) for period in periods})
    return sorted(period for period in periods if year_of(period) not in frozen)


def _take_turn() -> bool:
    """Wait for the running recompute, but as the only one who waits: the turn is held until it is ours."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [TURN_LOCK])
        if not cursor.fetchone()[0]:
            return False
        try:
            with transaction.atomic():
                locks.alone(RUN_LOCK)
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [TURN_LOCK])
    return True


def _compute(periods: Collection[int], organizations: Collection[int] | None) -> int:
    """Compute organisations and their ancestors (None: everything) in these periods and store what changed."""
    if not periods:
        return 0
    values: dict[str, Any] = {
        "periods": list(periods),
        "organization": int(SubjectKind.ORGANIZATION),
        "member": int(SubjectKind.MEMBER),
    }
    with connection.cursor() as cursor:
        cursor.execute(sql.SCRATCH)
        if organizations is None or not _compute_marked(cursor, organizations, values):
            _compute_everything(cursor, values)
        changed = sum(_store(cursor, period) for period in periods)
        if organizations is None:
            cursor.execute(sql.DROP_GONE, values)
        cursor.execute("SET LOCAL enable_nestloop = on")
    return changed


def _compute_marked(cursor: CursorWrapper, organizations: Collection[int], values: dict) -> bool:
    """False if a neighbour has no stored total to build on (a new period, a bulk load): then everything is computed."""
    cursor.execute(sql.MARKED, [list(organizations)])
    cursor.execute("ANALYZE points_work")
    _climb(cursor, values, sql.BRANCHES_MARKED, sql.LEVEL.format(children=sql.CHILDREN_MARKED))
    cursor.execute("SELECT EXISTS (SELECT FROM points_new WHERE unknown)")
    return not cursor.fetchone()[0]


def _compute_everything(cursor: CursorWrapper, values: dict) -> None:
    cursor.execute("DELETE FROM points_work; DELETE FROM points_new")
    cursor.execute(sql.ALL)
    # Every join is of whole tables: a wrong guess must not make one a loop in a loop.
    cursor.execute("ANALYZE points_work; SET LOCAL enable_nestloop = off")
    _climb(cursor, values, sql.BRANCHES_ALL, sql.LEVEL.format(children=sql.CHILDREN_ALL))


def _climb(cursor: CursorWrapper, values: dict, branches: str, level: str) -> None:
    for period in values["periods"]:
        cursor.execute(branches, values | {"period": period})
    cursor.execute("ANALYZE points_new")
    for depth in _levels(cursor):
        for period in values["periods"]:
            cursor.execute(level, values | {"depth": depth, "period": period})


def _levels(cursor: CursorWrapper) -> list[int]:
    cursor.execute("SELECT DISTINCT depth FROM points_work WHERE NOT branch ORDER BY depth DESC")
    return [depth for (depth,) in cursor.fetchall()]


def _store(cursor: CursorWrapper, period: int) -> int:
    cursor.execute(sql.STORED, {"period": period})
    if not cursor.fetchone()[0]:
        cursor.execute(sql.STORE_ALL, {"period": period})
        changed = int(cursor.rowcount)
        cursor.execute("ANALYZE points_rollup")  # the planner must not take a new period for an empty one
        return changed
    cursor.execute(sql.STORE, {"period": period})
    changed = int(cursor.rowcount)
    cursor.execute(sql.STORE_NEW, {"period": period})
    return changed + int(cursor.rowcount)
