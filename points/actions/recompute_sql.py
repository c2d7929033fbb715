"""The statements of a recompute, in the order in which `recompute.py` runs them.

Named values: `period`, `periods`, `depth`, and `organization` and `member` for the two kinds of subjects.
"""

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
