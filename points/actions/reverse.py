"""Take back what was earned by mistake: a new entry that names the old one."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from points.models import PointEntry
from points.subjects import Subject
from points.tasks import recompute_dirty
from sanjin.common.audit import audited
from sanjin.common.bell import ring

from . import allowance, booking
from .booking import Act
from .years import booking_day


def reverse(
    entries: Iterable[int] = (),
    *,
    actor: Any,
    reason: str,
    source_key: str | None = None,
    subject: Subject | None = None,
) -> dict[int, int]:
    """Reverse entries by id, or all that a source earned (`source_key`, of one `subject` if given).

    Returns reversed entry → reversing entry. Twice is once. The allowance goes back in the act's own window only; the
    points leave the act's own periods, or the open year's if the act's year is closed. The source stays known: it is
    not paid again (a check-in that is made anew needs a key of its own).
    """
    with audited("points.reversed", actor=actor, reason=reason[:200], source=source_key or "") as entry:
        rows = list(_find(list(entries), source_key, subject))
        done = dict(filter(None, (_reverse(row, reason) for row in rows)))
        entry.data["entries"] = sorted(done)
        if done:
            ring(recompute_dirty)
    return done


def _find(ids: list[int], source_key: str | None, subject: Subject | None) -> QuerySet[PointEntry]:
    rows = PointEntry.objects.filter(reverses_id__isnull=True).select_related("version__rule")
    rows = rows.filter(pk__in=ids) if source_key is None else rows.filter(source_key=source_key)
    if subject is not None:
        rows = rows.filter(subject_kind=subject.kind, subject_id=subject.id)
    # Locked: of two reversals at the same moment the second finds the first one's entry.
    return rows.select_for_update(of=("self",)).order_by("subject_kind", "subject_id", "id")


def _reverse(row: PointEntry, reason: str) -> tuple[int, int] | None:
    act = Act(f"reverse:{row.pk}", f"冲销：{row.title}", row.link, row.acted_on, booking_day(row.acted_on))
    ids = [row.subject_id]
    if booking.find(row.version, ids, act):
        return None
    # The allowance first, as `award` does: everybody locks in the same order.
    allowance.give_back(row.version, {row.subject_id: abs(row.points)}, row.acted_on)
    organizations = {row.subject_id: row.organization_id}
    made = booking.book(
        row.version,
        {row.subject_id: -row.points},
        organizations,
        {row.subject_id: reason[:120]},
        act,
        reverses=row.pk,
    )
    return row.pk, made[row.subject_id]
