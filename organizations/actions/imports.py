"""Many organisations at once: one transaction, bulk inserts, paths computed as treebeard would."""

from collections import Counter
from collections.abc import Callable
from typing import Any, NamedTuple

from django.db.models import F, Subquery
from django.utils import timezone

from organizations import stakes
from organizations.models import Organization, Standing
from organizations.paths import under_outer
from organizations.queries.import_plan import Plan, Planned
from sanjin.common.audit import audited
from sanjin.common.errors import RuleError
from sanjin.common.pinyin import search_key
from sanjin.common.xlsx import Row, Sheet

from .guards import must_lead_structure
from .locking import lock_tree

BATCH = 1000
STEP = Organization.steplen

Progress = Callable[[int, int], None]


class Imported(NamedTuple):
    """The new organisations, and the rows whose organisation stood already."""

    made: list[Organization]
    there: list[Row]


def import_organizations(
    sheet: Sheet, *, actor: Any, progress: Progress | None = None, source: str = ""
) -> Imported:
    """Import the good rows of a sheet below the actor's organisation, after checking them again under the tree's lock.

    progress: called with (done, total) rows. source: the job's uuid, for the audit. What could not be imported is in `sheet.errors`. RuleError: `not_superior` (403), `nothing_to_import` (409).
    """
    must_lead_structure(actor)
    top = actor.seat
    with audited("organization.imported", actor=actor, subject=top, organization=top, job=source) as entry:
        (top,) = lock_tree(top)
        plan = Plan(sheet, top)
        if not plan.good:
            raise RuleError(
                "nothing_to_import", "没有可以导入的行，检查之后组织架构有变动。请重新上传检查。", status=409
            )
        rows = _placed(plan.good)
        for start in range(0, len(rows), BATCH):
            Organization.objects.bulk_create(rows[start : start + BATCH])
            if progress:
                progress(min(start + BATCH, len(rows)), len(rows))
        _count_children(plan.good)
        _open_standings(rows)
        entry.data |= {"created": len(rows), "refused": len(sheet.bad_numbers)}
        stakes.follow(stakes.Happening(stakes.Change.CREATED, rows, actor))
    return Imported(rows, plan.there)


def _placed(good: list[Planned]) -> list[Organization]:
    """New organisations with their paths; parents come first, so a new parent's path is known."""
    parents = {p.parent.pk: p.parent for p in good if isinstance(p.parent, Organization)}
    last = _last_steps(parents)
    place: dict[Planned, str] = {}
    children = Counter(p.parent for p in good)
    result = []
    for planned in good:
        parent = planned.parent
        assert parent is not None  # only rows that found their place are good
        above = place[parent] if isinstance(parent, Planned) else parent.path
        last[above] = last.get(above, 0) + 1
        path = place[planned] = Organization._get_path(above, len(above) // STEP + 1, last[above])
        row, cells = Organization(name=planned.name, nature=planned.nature, type=planned.type), planned.row
        row.path, row.depth, row.numchild = path, len(path) // STEP, children[planned]
        row.search = search_key(row.name)
        row.founded_on, row.term_ends_on = cells["founded_on"], cells["term_ends_on"]
        row.phone, row.address = cells["phone"] or "", cells["address"] or ""
        result.append(row)
    return result


def _last_steps(parents: dict[int, Organization]) -> dict[str, int]:
    """The number of the last step taken below each existing parent, recycled children included."""
    deepest = Organization.objects.filter(under_outer()).order_by("-path")
    rows = Organization.objects.filter(pk__in=parents).annotate(last=Subquery(deepest.values("path")[:1]))
    return {
        path: Organization._str2int(last[len(path) : len(path) + STEP]) if last else 0
        for path, last in rows.values_list("path", "last")
    }


def _count_children(good: list[Planned]) -> None:
    added = Counter(p.parent.pk for p in good if isinstance(p.parent, Organization))
    by_count: dict[int, list[int]] = {}
    for pk, count in added.items():
        by_count.setdefault(count, []).append(pk)
    for count, pks in by_count.items():
        Organization.objects.filter(pk__in=pks).update(numchild=F("numchild") + count)


def _open_standings(rows: list[Organization]) -> None:
    today = timezone.localdate()
    Standing.objects.bulk_create(
        (
            Standing(organization=row, nature=row.nature, type_id=row.type_id, in_force=(today, None))
            for row in rows
        ),
        batch_size=BATCH,
    )
