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

from .years import frozen_years, open_years

RUN_LOCK, TURN_LOCK = 7_310_001, 7_310_002
BATCH = 200_000  # marks taken at once

# Made once a connection and emptied by each commit, so that a recompute every few seconds leaves the catalogue alone.
SCRATCH = """
    CREATE TEMP TABLE IF NOT EXISTS points_work (
        id bigint PRIMARY KEY, path text COLLATE "C", depth int, branch boolean, active boolean
    ) ON COMMIT DELETE ROWS;
    CREATE TEMP TABLE IF NOT EXISTS points_new (
        period int, id bigint, own numeric, inner_sum numeric, inner_count bigint, total numeric, unknown boolean,
        PRIMARY KEY (period, id)
    ) ON COMMIT DELETE ROWS;
    DELETE FROM points_work; DELETE FROM points_new;
    SET LOCAL work_mem = '256MB'; SET LOCAL jit = off;
"""
TAKE_MARKS = """
    WITH taken AS (
        DELETE FROM points_dirty WHERE id IN (
            SELECT id FROM points_dirty ORDER BY id LIMIT %s FOR UPDATE SKIP LOCKED
        ) RETURNING organization_id, member_id, month
    )
    SELECT DISTINCT coalesce(t.organization_id, h.organization_id), t.month
    FROM taken t LEFT JOIN points_headcount h ON h.member_id = t.member_id
"""
ALL = """
    INSERT INTO points_work
    SELECT id, path, depth, nature = 'branch', state = 'active' FROM organizations_organization
"""
MARKED = """
    INSERT INTO points_work
    SELECT id, path, depth, nature = 'branch', state = 'active' FROM organizations_organization
    WHERE path IN (
        SELECT left(o.path, 4 * k) FROM organizations_organization o, generate_series(1, length(o.path) / 4) AS k
        WHERE o.id = ANY(%s)
    )
"""
BRANCHES_ALL = """
    INSERT INTO points_new
    SELECT %(period)s, w.id, coalesce(own.points, 0), coalesce(s.points, 0), coalesce(s.n, 0),
        coalesce(own.points, 0) + points_quotient(coalesce(s.points, 0), coalesce(s.n, 0)), false
    FROM points_work w
    LEFT JOIN points_pointbalance own
        ON own.period = %(period)s AND own.subject_kind = %(organization)s AND own.subject_id = w.id
    LEFT JOIN (
        SELECT h.organization_id, coalesce(sum(b.points), 0) AS points, count(*) AS n
        FROM points_headcount h
        LEFT JOIN points_pointbalance b
            ON b.period = %(period)s AND b.subject_kind = %(member)s AND b.subject_id = h.member_id
        GROUP BY h.organization_id
    ) AS s ON s.organization_id = w.id
    WHERE w.branch
"""
BRANCHES_MARKED = BRANCHES_ALL.replace(
    "FROM points_headcount h\n", "FROM points_work m JOIN points_headcount h ON h.organization_id = m.id\n"
)
# A period at a time: the planner then sees one partition, not all years of them.
LEVEL = """
    INSERT INTO points_new
    SELECT %(period)s, w.id, coalesce(own.points, 0), coalesce(s.inner_sum, 0), coalesce(s.inner_count, 0),
        coalesce(own.points, 0) + points_quotient(coalesce(s.inner_sum, 0), coalesce(s.inner_count, 0)),
        coalesce(s.unknown, false)
    FROM points_work w
    LEFT JOIN points_pointbalance own
        ON own.period = %(period)s AND own.subject_kind = %(organization)s AND own.subject_id = w.id
    LEFT JOIN ({children}) AS s ON s.id = w.id
    WHERE w.depth = %(depth)s AND NOT w.branch
"""
# Everything is in the work table: children are joined there, by the path of their parent.
CHILDREN_ALL = """
    SELECT w.id,
        sum(CASE WHEN NOT c.branch THEN n.inner_sum WHEN c.active THEN n.total ELSE 0 END) AS inner_sum,
        sum(CASE WHEN NOT c.branch THEN n.inner_count WHEN c.active THEN 1 ELSE 0 END)::bigint AS inner_count,
        false AS unknown
    FROM points_work w
    JOIN points_work c ON c.depth = %(depth)s + 1 AND left(c.path, -4) = w.path
    JOIN points_new n ON n.period = %(period)s AND n.id = c.id
    WHERE w.depth = %(depth)s
    GROUP BY w.id
"""
# OFFSET 0 keeps it a look-up by the key for each child: hashing a province's totals for some thousand costs more.
CHILDREN_MARKED = """
    SELECT w.id,
        sum(CASE WHEN c.nature <> 'branch' THEN coalesce(n.inner_sum, r.inner_sum)
            WHEN c.state = 'active' THEN coalesce(n.total, r.total) ELSE 0 END) AS inner_sum,
        sum(CASE WHEN c.nature <> 'branch' THEN coalesce(n.inner_count, r.inner_count)
            WHEN c.state = 'active' THEN 1 ELSE 0 END)::bigint AS inner_count,
        bool_or(n.id IS NULL AND r.organization_id IS NULL) AS unknown
    FROM points_work w
    JOIN organizations_organization c ON left(c.path, -4) = w.path
    LEFT JOIN points_new n ON n.period = %(period)s AND n.id = c.id
    LEFT JOIN LATERAL (
        SELECT * FROM points_rollup r WHERE r.period = %(period)s AND r.organization_id = c.id OFFSET 0
    ) AS r ON n.id IS NULL
    WHERE w.depth = %(depth)s AND NOT w.branch
    GROUP BY w.id
"""
STORE = """
    UPDATE points_rollup r SET own = n.own, inner_sum = n.inner_sum, inner_count = n.inner_count, total = n.total,
        computed_at = now()
    FROM points_new n
    WHERE r.period = %(period)s AND n.period = %(period)s AND r.organization_id = n.id
      AND (r.own, r.inner_sum, r.inner_count) IS DISTINCT FROM (n.own, n.inner_sum, n.inner_count)
"""
STORED = "SELECT EXISTS (SELECT FROM points_rollup WHERE period = %(period)s)"
STORE_ALL = """
    INSERT INTO points_rollup (period, organization_id, own, inner_sum, inner_count, total, computed_at)
    SELECT n.period, n.id, n.own, n.inner_sum, n.inner_count, n.total, now() FROM points_new n
    WHERE n.period = %(period)s
"""
STORE_NEW = f"""{STORE_ALL} AND NOT EXISTS (
        SELECT FROM points_rollup r WHERE r.period = %(period)s AND r.organization_id = n.id
    )
"""
DROP_GONE = """
    DELETE FROM points_rollup r WHERE r.period = ANY(%(periods)s) AND NOT EXISTS (
        SELECT FROM points_work w WHERE w.id = r.organization_id
    )
"""


def recompute_dirty() -> int:
    """Take all marks and compute what they name, with all ancestors, in their periods. Returns the rows that changed.

    The marks vanish in the transaction that stores the totals: a worker that dies loses nothing. If somebody already
    waits for the turn, that one will see our marks too, and we return at once.
    """
    changed = 0
    with transaction.atomic():
        if not _take_turn():
            return 0
        while True:
            with connection.cursor() as cursor:
                cursor.execute(TAKE_MARKS, [BATCH])
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
        _lock(RUN_LOCK)
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
                _lock(RUN_LOCK)
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [TURN_LOCK])
    return True


def _lock(key: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [key])


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
        cursor.execute(SCRATCH)
        if organizations is None or not _compute_marked(cursor, organizations, values):
            _compute_everything(cursor, values)
        changed = sum(_store(cursor, period) for period in periods)
        if organizations is None:
            cursor.execute(DROP_GONE, values)
        cursor.execute("SET LOCAL enable_nestloop = on")
    return changed


def _compute_marked(cursor: CursorWrapper, organizations: Collection[int], values: dict) -> bool:
    """False if a neighbour has no stored total to build on (a new period, a bulk load): then everything is computed."""
    cursor.execute(MARKED, [list(organizations)])
    cursor.execute("ANALYZE points_work")
    _climb(cursor, values, BRANCHES_MARKED, LEVEL.format(children=CHILDREN_MARKED))
    cursor.execute("SELECT EXISTS (SELECT FROM points_new WHERE unknown)")
    return not cursor.fetchone()[0]


def _compute_everything(cursor: CursorWrapper, values: dict) -> None:
    cursor.execute("DELETE FROM points_work; DELETE FROM points_new")
    cursor.execute(ALL)
    # Every join is of whole tables: a wrong guess must not make one a loop in a loop.
    cursor.execute("ANALYZE points_work; SET LOCAL enable_nestloop = off")
    _climb(cursor, values, BRANCHES_ALL, LEVEL.format(children=CHILDREN_ALL))


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
    cursor.execute(STORED, {"period": period})
    if not cursor.fetchone()[0]:
        cursor.execute(STORE_ALL, {"period": period})
        changed = int(cursor.rowcount)
        cursor.execute("ANALYZE points_rollup")  # the planner must not take a new period for an empty one
        return changed
    cursor.execute(STORE, {"period": period})
    changed = int(cursor.rowcount)
    cursor.execute(STORE_NEW, {"period": period})
    return changed + int(cursor.rowcount)
