"""A member's history: what was paid and what was not, with its reason, the newest first (F01)."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import F, Q, Value

from members.models import Member
from points.models import PointEntry, PointRefusal

COLUMNS = ("place", "id", "title", "rule__code", "rule__name", "points", "note", "acted_on", "at", "count")


Position = tuple[datetime, int, int]  # of a line in the order of the feed: at, place, id


@dataclass(frozen=True)
class Line:
    """One line of the feed. kind: entry or refusal. reason: in words, '' for what was paid in full."""

    kind: str
    id: int
    title: str
    rule: dict[str, str]
    points: Decimal
    reason: str
    acted_on: date
    at: datetime
    count: int


def history(
    member: Member, year: int, *, before: Position | None = None, limit: int = 20
) -> tuple[list[Line], Position | None]:
    """Up to `limit` lines of a year, the newest first, older than `before` (at, place, id): two bounded queries.

    Returns (lines, position of the last one or None if nothing follows).
    """
    entries = PointEntry.objects.of_member(member).filter(year=year)
    refusals = PointRefusal.objects.of_member(member).filter(acted_on__year=year)
    rows = []
    for place, found in (
        (1, entries.annotate(at=F("created_at"), count=Value(1))),
        (0, refusals.annotate(at=F("updated_at"), points=Value(Decimal(0)))),
    ):
        if before is not None:
            at, before_place, before_id = before
            older = Q(at__lt=at)
            if place < before_place:
                older |= Q(at=at)
            elif place == before_place:
                older |= Q(at=at, id__lt=before_id)
            found = found.filter(older)
        found = found.annotate(place=Value(place)).order_by("-at", "-id")
        rows += found.values_list(*COLUMNS)[: limit + 1]
    rows.sort(key=lambda row: (row[8], row[0], row[1]), reverse=True)
    lines = [_line(row) for row in rows[:limit]]
    last = rows[limit - 1] if len(rows) > limit else None
    return lines, last and (last[8], last[0], last[1])


def _line(row: tuple) -> Line:
    place, id, title, code, name, points, reason, acted_on, at, count = row
    kind = "entry" if place else "refusal"
    return Line(kind, id, title, {"code": code, "name": name}, points, reason, acted_on, at, count)
