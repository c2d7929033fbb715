"""The night's work: next year's partitions, closing, everything computed, balances compared with the ledger."""

import logging

from django.db import connection, transaction

from points.models import Drift
from points.periods import closing_day, today

from .recompute import recompute_all, recompute_dirty
from .years import close_year, frozen_years, open_years

log = logging.getLogger(__name__)

# One statement is one snapshot: an award moves ledger and balance together, so a running one is no difference.
COMPARE = """
    WITH ledger AS (
        SELECT p.period, e.subject_kind, e.subject_id, sum(e.points) AS points
        FROM points_pointentry e CROSS JOIN LATERAL (VALUES
            (e.year * 100),
            (e.year * 100 + extract(month FROM e.booked_on)::int),
            (e.year * 100 + 20 + extract(quarter FROM e.booked_on)::int)
        ) AS p (period)
        WHERE e.year = %(year)s GROUP BY 1, 2, 3
    )
    SELECT period, subject_kind, subject_id, coalesce(b.points, 0), coalesce(l.points, 0)
    FROM ledger l FULL JOIN (
        SELECT * FROM points_pointbalance WHERE period >= %(year)s * 100 AND period < (%(year)s + 1) * 100
    ) AS b USING (period, subject_kind, subject_id)
    WHERE coalesce(b.points, 0) <> coalesce(l.points, 0)
    ORDER BY 1, 2, 3 LIMIT 10000
"""


def run_night() -> None:
    """Every part may run twice; a failure of one is logged by Celery and the next night repeats it."""
    last = today().year - 1
    if today() > closing_day(last) and not frozen_years({last}):
        close_year(last)
    recompute_dirty()
    changed = recompute_all()
    drift = sum(check_drift(year) for year in open_years())
    log.info("points computed: %s totals changed, %s balances drifted", changed, drift)


def check_drift(year: int) -> int:
    """Compare every balance of a year with the sum of its ledger entries. Differences are logged and kept as `Drift`
    rows for the operator, each once; nothing is mended silently. Returns their number (10,000 at most)."""
    with connection.cursor() as cursor:
        cursor.execute(COMPARE, {"year": year})
        rows = [
            Drift(period=period, subject_kind=kind, subject_id=id, balance=balance, ledger=ledger)
            for period, kind, id, balance, ledger in cursor.fetchall()
        ]
    for row in rows[:20]:
        log.error("balance drift: %s", row)
    Drift.objects.bulk_create(rows, batch_size=1000, ignore_conflicts=True)
    return len(rows)


def prepare_partitions() -> None:
    """Make next year's partitions, if they are missing. Doesn't make awards wait: gives up after a moment and the next
    night tries again (there are many before the year begins)."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '3s'")
        cursor.execute(
            "SELECT points_prepare_year(%s), points_prepare_year(%s)", [today().year, today().year + 1]
        )
