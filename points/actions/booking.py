"""Entries, balances and marks: what one transaction writes together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.db import connection
from django.db.backends.utils import CursorWrapper

from points.enums import SubjectKind
from points.models import RuleVersion
from points.periods import codes_of, month_code
from sanjin.common.audit import current_audit


@dataclass(frozen=True)
class Act:
    """What happened, as the feature tells it, and the day it is booked on (`years.booking_day`)."""

    source_key: str
    title: str
    link: str
    acted_on: date
    booked_on: date


class Booked(NamedTuple):
    """A ledger entry that stands: just written, or found by its source."""

    entry_id: int
    points: Decimal
    version_id: int
    note: str


FIND = """
    SELECT subject_id, id, points, version_id, note FROM points_pointentry
    WHERE year = ANY(%s) AND subject_kind = %s AND subject_id = ANY(%s) AND rule_id = %s AND source_key = %s
"""
INSERT = """
    INSERT INTO points_pointentry (year, subject_kind, subject_id, rule_id, version_id, points, source_key, title,
        link, note, acted_on, booked_on, organization_id, reverses_id, audit)
    SELECT %(year)s, %(kind)s, t.id, %(rule)s, %(version)s, t.points, %(source_key)s, %(title)s,
        %(link)s, t.note, %(acted_on)s, %(booked_on)s, t.organization_id, %(reverses)s, %(audit)s
    FROM unnest(%(ids)s::bigint[], %(points)s::numeric[], %(organizations)s::bigint[], %(notes)s::text[])
        AS t (id, points, organization_id, note)
    ORDER BY t.id
    ON CONFLICT (year, subject_kind, subject_id, rule_id, source_key) DO NOTHING
    RETURNING subject_id, id
"""
MOVE = """
    INSERT INTO points_pointbalance AS b (period, subject_kind, subject_id, points)
    SELECT period, %(kind)s, t.id, t.points
    FROM unnest(%(periods)s::int[]) AS period,
        unnest(%(ids)s::bigint[], %(points)s::numeric[]) AS t (id, points)
    ORDER BY period, t.id
    ON CONFLICT (period, subject_kind, subject_id) DO UPDATE SET points = b.points + excluded.points
"""
MARK = "INSERT INTO points_dirty ({column}, month) SELECT unnest(%s::bigint[]), %s"


def find(version: RuleVersion, ids: Sequence[int], act: Act) -> dict[int, Booked]:
    """The entries that this source already has. A fact of a closed year may stand in any year since."""
    years = list(range(act.acted_on.year, act.booked_on.year + 1))
    with connection.cursor() as cursor:
        parameters: list[Any] = [years, int(version.rule.subject), list(ids), version.rule_id, act.source_key]
        cursor.execute(FIND, parameters)
        return {row[0]: Booked(*row[1:]) for row in cursor.fetchall()}


def book(
    version: RuleVersion,
    points: Mapping[int, Decimal],
    organizations: Mapping[int, int],
    notes: Mapping[int, str],
    act: Act,
    *,
    reverses: int | None = None,
) -> dict[int, int]:
    """Write an entry for each subject, move its balances and mark what must be computed again.

    Returns subject → entry id, without those whose source was booked by somebody else in the same moment.
    """
    if not points:
        return {}
    kind, ids = SubjectKind(version.rule.subject), sorted(points)
    values: dict[str, Any] = {
        "year": act.booked_on.year,
        "kind": int(kind),
        "rule": version.rule_id,
        "version": version.pk,
        "source_key": act.source_key,
        "title": act.title[:120],
        "link": act.link,
        "acted_on": act.acted_on,
        "booked_on": act.booked_on,
        "reverses": reverses,
        "audit": current_audit(),
        "ids": ids,
        "points": [points[id] for id in ids],
        "organizations": [organizations[id] for id in ids],
        "notes": [notes.get(id, "") for id in ids],
    }
    with connection.cursor() as cursor:
        cursor.execute(INSERT, values)
        entries = dict(cursor.fetchall())
        _move(cursor, kind, {id: points[id] for id in sorted(entries)}, act.booked_on)
    return entries


def _move(cursor: CursorWrapper, kind: SubjectKind, points: Mapping[int, Decimal], day: date) -> None:
    if not points:
        return
    values: dict[str, Any] = {
        "kind": int(kind),
        "ids": list(points),
        "points": list(points.values()),
        "periods": codes_of(day),
    }
    cursor.execute(MOVE, values)
    column = "member_id" if kind == SubjectKind.MEMBER else "organization_id"
    cursor.execute(MARK.format(column=column), [list(points), month_code(day)])


def year_balances(kind: SubjectKind, ids: Sequence[int], year_period: int) -> dict[int, Decimal]:
    """Balances of a year, locked in ascending order until the end of the transaction; a missing one is 0."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT subject_id, points FROM points_pointbalance WHERE period = %s AND subject_kind = %s"
            " AND subject_id = ANY(%s) ORDER BY subject_id FOR UPDATE",
            [year_period, int(kind), list(ids)],
        )
        return dict.fromkeys(ids, Decimal(0)) | dict(cursor.fetchall())
