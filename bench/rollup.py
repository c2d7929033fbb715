"""Totals of a province: 130,000 branches, 17,000 committees, 2.4 million members.

The floor is the bare SQL that one would write by hand for the same totals of the same three periods (year, month,
quarter), stored in plain tables of its own: no levels, no check of what changed, no marks. `rollup.full` computes
everything after every balance changed; `rollup.dirty` 1,000 branches, one changed member in each, and all ancestors.
"""

from django.db import connection
from django.utils import timezone

from bench._report import Report, say, timed

MEMBERS, ROUNDS, DIRTY = 2_400_000, 2, 1_000
# depth → children of each: 1 → 11 cities → 117 counties → 17,000 committees in all → 130,000 branches
COMMITTEES = """
    CREATE TEMP TABLE tree AS
    WITH nodes AS (
        SELECT 1 AS depth, 0 AS n, NULL::int AS parent
        UNION ALL SELECT 2, n, 0 FROM generate_series(0, 10) n
        UNION ALL SELECT 3, n, n % 11 FROM generate_series(0, 116) n
        UNION ALL SELECT 4, n, n % 117 FROM generate_series(0, 4_999) n
        UNION ALL SELECT 5, n, n % 5_000 FROM generate_series(0, 11_870) n
        UNION ALL SELECT 6, n, n % 11_871 FROM generate_series(0, 129_999) n
    )
    SELECT depth, n, parent, ''::text AS path,
        row_number() OVER (PARTITION BY depth, parent ORDER BY n) AS place FROM nodes;
    CREATE INDEX ON tree (depth, n);
    UPDATE tree SET path = '0001' WHERE depth = 1;
"""
LEVEL = """
    UPDATE tree c SET path = p.path || lpad(c.place::text, 4, '0') FROM tree p
    WHERE c.depth = {0} AND p.depth = {0} - 1 AND p.n = c.parent
"""
FILL = """
    SET session_replication_role = replica;
    INSERT INTO organizations_organization (depth, numchild, path, uuid, name, search, nature, type_id, state,
        phone, address, created_at)
    SELECT depth, 0, path, gen_random_uuid(), '组织' || depth || '-' || n, '', CASE WHEN depth = 6 THEN 'branch'
        WHEN depth = 5 AND n %% 3 = 0 THEN 'general_branch' ELSE 'committee' END,
        (SELECT min(id) FROM organizations_organizationtype), 'active', '', '', now()
    FROM tree ORDER BY path;
    INSERT INTO points_headcount
    SELECT n, ids[1 + (n - 1)::bigint * 130_000 / {members}] FROM generate_series(1, {members}) n,
        (SELECT array_agg(id ORDER BY id) AS ids FROM organizations_organization WHERE nature = 'branch') b;
    INSERT INTO points_pointbalance
    SELECT p, 1, n, (n %% 97) * 0.5 + p %% 7 FROM unnest(%(periods)s::int[]) p, generate_series(1, {members}) n;
    INSERT INTO points_pointbalance
    SELECT p, 2, id, id %% 40 FROM unnest(%(periods)s::int[]) p, organizations_organization;
    SET session_replication_role = origin;
"""
FLOOR_TABLES = """
    CREATE TABLE floor_total (period int, id bigint, own numeric(14, 6), inner_sum numeric(20, 6), inner_count int,
        total numeric(18, 6), PRIMARY KEY (period, id)) WITH (fillfactor = 70);
"""
# What one writes by hand: all branches in one statement, then each organisation above by its branches.
BRANCHES = """
    SELECT %(p)s AS period, o.id, coalesce(b.points, 0) AS own, coalesce(s.points, 0) AS inner_sum,
        coalesce(s.n, 0) AS inner_count,
        coalesce(b.points, 0) + CASE WHEN s.n > 0 THEN round(s.points / s.n, 6) ELSE 0 END AS total
    FROM organizations_organization o
    LEFT JOIN points_pointbalance b ON b.period = %(p)s AND b.subject_kind = 2 AND b.subject_id = o.id
    LEFT JOIN (
        SELECT h.organization_id, coalesce(sum(m.points), 0) AS points, count(*) AS n FROM points_headcount h
        LEFT JOIN points_pointbalance m ON m.period = %(p)s AND m.subject_kind = 1 AND m.subject_id = h.member_id
        {only_members} GROUP BY h.organization_id
    ) s ON s.organization_id = o.id
    WHERE o.nature = 'branch' {only}
"""
ABOVE = """
    SELECT %(p)s AS period, o.id, coalesce(b.points, 0) AS own, coalesce(s.points, 0) AS inner_sum,
        coalesce(s.n, 0) AS inner_count,
        coalesce(b.points, 0) + CASE WHEN s.n > 0 THEN round(s.points / s.n, 6) ELSE 0 END AS total
    FROM organizations_organization o
    LEFT JOIN points_pointbalance b ON b.period = %(p)s AND b.subject_kind = 2 AND b.subject_id = o.id
    LEFT JOIN ({sums}) s ON s.path = o.path
    WHERE o.nature <> 'branch' {only}
"""
SUMS = """
    SELECT left(c.path, 4 * k) AS path, sum(f.total) AS points, count(*) AS n
    FROM organizations_organization c JOIN floor_total f ON f.period = %(p)s AND f.id = c.id,
        generate_series(1, length(c.path) / 4 - 1) k
    WHERE c.nature = 'branch' AND c.state = 'active' GROUP BY 1
"""
STORE = """
    UPDATE floor_total f SET own = n.own, inner_sum = n.inner_sum, inner_count = n.inner_count, total = n.total
    FROM ({rows}) n WHERE f.period = %(p)s AND f.id = n.id
"""


def run(report: Report) -> None:
    from points.actions import recompute_all, recompute_dirty  # noqa: PLC0415  Django must be set up first
    from points.periods import codes_of  # noqa: PLC0415  as above

    periods = codes_of(timezone.localdate())
    say(f"province: filled in {timed(lambda: fill(periods)):.0f} s; periods {periods}")
    recompute_all()
    sql("DELETE FROM points_dirty")
    sql(FLOOR_TABLES)
    for period in periods:
        sql(f"INSERT INTO floor_total {BRANCHES.format(only='', only_members='')}", p=period)
        sql(f"INSERT INTO floor_total {ABOVE.format(sums=SUMS, only='')}", p=period)
    sql("VACUUM ANALYZE")
    check_equal()

    ours, floor = [], []
    for _ in range(ROUNDS):  # in turns, so that a busy machine disturbs both alike
        bump(periods)
        floor.append(timed(lambda: floor_full(periods)))
        ours.append(timed(recompute_all))
        check_equal()
        sql("VACUUM points_rollup, floor_total, points_pointbalance")
    report("rollup.full", ours=min(ours), floor=min(floor), note=f"seconds for 3 periods, best of {ROUNDS}")
    say(f"nothing changed: {timed(recompute_all):.3f} s")

    ours, floor = [], []
    for number in range(ROUNDS * 3):
        mark(periods, number)
        floor.append(timed(lambda: floor_dirty(periods)))
        ours.append(timed(recompute_dirty))
        check_equal()
    report(
        "rollup.dirty", ours=min(ours), floor=min(floor), note=f"seconds for {DIRTY} branches and ancestors"
    )


def fill(periods: list[int]) -> None:
    sql(COMMITTEES)
    for depth in range(2, 7):
        sql(LEVEL.format(depth))
    sql(FILL.format(members=MEMBERS), periods=periods)
    sql("VACUUM ANALYZE")


def bump(periods: list[int]) -> None:
    """Every member's balances change, so that every total does."""
    sql(
        "UPDATE points_pointbalance SET points = points + 0.5 WHERE period = ANY(%(periods)s)",
        periods=periods,
    )
    sql("VACUUM ANALYZE points_pointbalance")


def mark(periods: list[int], number: int) -> None:
    """One member of each of 1,000 branches earns a point; the marks are those of an award."""
    sql(
        """
        CREATE TEMP TABLE IF NOT EXISTS dirty_branch (id bigint PRIMARY KEY);
        CREATE TEMP TABLE IF NOT EXISTS dirty_member (id bigint PRIMARY KEY);
        TRUNCATE dirty_branch, dirty_member;
        INSERT INTO dirty_branch
            SELECT id FROM organizations_organization WHERE nature = 'branch'
            ORDER BY (id * 7919 + %(number)s * 104729) %% 1000003 LIMIT %(dirty)s;
        INSERT INTO dirty_member
            SELECT min(member_id) FROM points_headcount JOIN dirty_branch b ON b.id = organization_id GROUP BY b.id;
        UPDATE points_pointbalance p SET points = points + 1 FROM dirty_member m
            WHERE p.period = ANY(%(periods)s) AND p.subject_kind = 1 AND p.subject_id = m.id;
        INSERT INTO points_dirty (member_id, month) SELECT id, 0 FROM dirty_member;
        ANALYZE dirty_branch;
        """,
        number=number,
        dirty=DIRTY,
        periods=periods,
    )


def floor_full(periods: list[int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("BEGIN; SET LOCAL work_mem = '256MB'")
        for period in periods:
            cursor.execute(STORE.format(rows=BRANCHES.format(only="", only_members="")), {"p": period})
            cursor.execute(STORE.format(rows=ABOVE.format(sums=SUMS, only="")), {"p": period})
        cursor.execute("COMMIT")


# The least that can be done: compute the dirty branches and carry what changed upwards. It trusts the old sums for
# ever, which ours doesn't: an ancestor is computed from all its children.
CHANGE = """
    CREATE TEMP TABLE change ON COMMIT DROP AS
    SELECT n.*, f.total AS before, o.path FROM ({rows}) n
    JOIN floor_total f ON f.period = %(p)s AND f.id = n.id JOIN organizations_organization o ON o.id = n.id
"""
CARRY = """
    UPDATE floor_total f SET inner_sum = f.inner_sum + d.points,
        total = f.own + round((f.inner_sum + d.points) / f.inner_count, 6)
    FROM (
        SELECT o.id, sum(c.total - c.before) AS points
        FROM change c CROSS JOIN generate_series(1, 5) k
        JOIN organizations_organization o ON o.path = left(c.path, 4 * k) GROUP BY o.id
    ) d WHERE f.period = %(p)s AND f.id = d.id
"""


def floor_dirty(periods: list[int]) -> None:
    branches = BRANCHES.format(
        only="AND o.id IN (SELECT id FROM dirty_branch)",
        only_members="WHERE h.organization_id IN (SELECT id FROM dirty_branch)",
    )
    with connection.cursor() as cursor:
        cursor.execute("BEGIN; SET LOCAL work_mem = '256MB'")
        for period in periods:
            cursor.execute(CHANGE.format(rows=branches), {"p": period})
            cursor.execute("ANALYZE change")
            cursor.execute(STORE.format(rows="SELECT * FROM change"), {"p": period})
            cursor.execute(CARRY, {"p": period})
            cursor.execute("DROP TABLE change")
        cursor.execute("COMMIT")


def check_equal() -> None:
    """A benchmark of two things that don't give the same would compare nothing."""
    rows = sql(
        """
        SELECT count(*) FROM points_rollup r FULL JOIN floor_total f
            ON f.period = r.period AND f.id = r.organization_id
        WHERE (r.own, r.inner_sum, r.inner_count, r.total)
            IS DISTINCT FROM (f.own, f.inner_sum, f.inner_count, f.total)
        """
    )
    if rows[0][0]:
        raise AssertionError(f"{rows[0][0]} totals differ from the floor's")


def sql(text: str, **values) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(text, values or None)
        return cursor.fetchall() if cursor.description else []
