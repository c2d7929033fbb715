"""Caps, exact under concurrency: one statement takes what remains and says how much that was.

Subjects are always taken in ascending order, so that two awards that share subjects wait for each other and never
deadlock. A row stays locked until the award commits; whoever comes second sees what the first really used.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from django.db import connection

from points.enums import Measure, Reason
from points.models import RuleVersion
from points.periods import window_code

TAKE = """
    INSERT INTO points_allowance AS a (subject_kind, subject_id, rule_id, measure, "window", used, granted)
    SELECT %(kind)s, id, %(rule)s, %(measure)s, %(window)s, least(%(amount)s, %(cap)s), least(%(amount)s, %(cap)s)
    FROM unnest(%(ids)s::bigint[]) AS id ORDER BY id
    ON CONFLICT (subject_kind, subject_id, rule_id, measure, "window") DO UPDATE
        SET used = least(%(cap)s, a.used + excluded.used), granted = least(%(cap)s - a.used, excluded.granted)
        WHERE a.used < %(cap)s
    RETURNING subject_id, granted
"""
GIVE_BACK = """
    WITH locked AS (
        SELECT a.subject_id, t.amount
        FROM points_allowance a JOIN unnest(%(ids)s::bigint[], %(amounts)s::numeric[]) AS t (id, amount)
            ON a.subject_id = t.id
        WHERE a.subject_kind = %(kind)s AND a.rule_id = %(rule)s
          AND a.measure = %(measure)s AND a."window" = %(window)s
        ORDER BY a.subject_id FOR UPDATE OF a
    )
    UPDATE points_allowance a SET used = greatest(0, a.used - locked.amount) FROM locked
    WHERE a.subject_kind = %(kind)s AND a.subject_id = locked.subject_id AND a.rule_id = %(rule)s
      AND a.measure = %(measure)s AND a."window" = %(window)s
"""


def take(
    version: RuleVersion, ids: Sequence[int], day: date, amount: Decimal
) -> tuple[dict[int, Decimal], dict[int, str]]:
    """Take `amount` points and one time from each subject's allowance in the windows of `day`.

    Returns (granted points by subject, reason by refused subject). If one cap refuses, the other isn't consumed.
    """
    granted: dict[int, Decimal] = dict.fromkeys(ids, amount)
    refused: dict[int, str] = {}
    if version.times_cap is not None:
        passed = _take(version, Measure.TIMES, granted, day, Decimal(1))
        refused = {id: Reason.CAP_TIMES for id in granted if id not in passed}
        granted = {id: points for id, points in granted.items() if id in passed}
    if version.points_cap is not None:
        passed = _take(version, Measure.POINTS, granted, day, amount)
        late = {id: Reason.CAP_POINTS for id in granted if id not in passed}
        _give_back(version, Measure.TIMES, dict.fromkeys(late, Decimal(1)), day)
        granted, refused = passed, refused | late
    return granted, refused


def give_back(version: RuleVersion, amounts: Mapping[int, Decimal], day: date, *, times: bool = True) -> None:
    """Return points (and one time each) to the windows of `day`: an award that lost a race, or a reversal."""
    _give_back(version, Measure.POINTS, amounts, day)
    if times:
        _give_back(version, Measure.TIMES, dict.fromkeys(amounts, Decimal(1)), day)


def cap_of(version: RuleVersion, measure: Measure) -> tuple[Decimal | int | None, str]:
    """(cap, window) of a measure; the cap is None if there is none."""
    if measure == Measure.POINTS:
        return version.points_cap, version.points_window
    return version.times_cap, version.times_window


def _take(
    version: RuleVersion, measure: Measure, ids: Iterable[int], day: date, amount: Decimal
) -> dict[int, Decimal]:
    if not ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(TAKE, _row(version, measure, day) | {"ids": sorted(ids), "amount": amount})
        return dict(cursor.fetchall())


def _give_back(version: RuleVersion, measure: Measure, amounts: Mapping[int, Decimal], day: date) -> None:
    if not amounts or cap_of(version, measure)[0] is None:
        return
    with connection.cursor() as cursor:
        values = {"ids": list(amounts), "amounts": list(amounts.values())}
        cursor.execute(GIVE_BACK, _row(version, measure, day) | values)


def _row(version: RuleVersion, measure: Measure, day: date) -> dict:
    cap, window = cap_of(version, measure)
    return {
        "kind": int(version.rule.subject),
        "rule": version.rule_id,
        "measure": int(measure),
        "window": window_code(window, day),
        "cap": cap,
    }
