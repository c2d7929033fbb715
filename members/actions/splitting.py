"""A superior's register handed down to its branches, part by part (F32). What they do with it: `parts`."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import NamedTuple

from django.conf import settings
from django.utils import timezone

from accounts.models import Account
from members.actions.guards import must_split_registers
from members.enums import PartState
from members.models import RegisterPart
from members.models.register_part import Line
from members.register_sheet import MOST_ROWS_OF_A_BRANCH, Register
from organizations.actions import hold
from organizations.enums import Nature
from organizations.models import Organization
from sanjin.common import locks
from sanjin.common.audit import audited
from sanjin.common.errors import RuleError
from sanjin.common.models import Job

LOCK = 7_320_001  # of the one register that is being handed down
BATCH = 500
ROWS_AT_ONCE = 20_000


class HandedDown(NamedTuple):
    """Branches and rows that were handed down, how many branches had a part waiting that this one replaces, and how many
    rows of those parts go on with the new ones."""

    branches: int
    rows: int
    replaced: int
    kept: int


def hand_down(
    register: Register,
    *,
    job_id: int,
    actor: Account,
    add: bool = False,
    tell: Callable[[int], None] = lambda done: None,
) -> HandedDown:
    """Each branch of the register gets its rows as its waiting part; one that still waited, or had rows to correct, is
    replaced, even by nothing if all rows are its members already. With `add` what waited goes before the new rows.
    tell(branches done). A fixed number of queries, and three for each of `_batches`.

    Two registers at once wait for each other at the branches' rows. RuleError `not_splitter` (403), `branches_moved`
    (409: a branch left the scope, or was closed, since the register was read), `part_too_long` (409).
    """
    must_split_registers(actor)
    wanted = sorted(pk for pk, some in register.parts.items() if some or not add)
    rows = sum(map(len, register.parts.values()))
    branches = sum(map(bool, register.parts.values()))
    with audited(
        "register.split",
        actor=actor,
        subject=actor.seat,
        organization=actor.seat,
        branches=branches,
        rows=rows,
        refused=len(register.refused),
        added=add,
    ) as entry:
        _hold_branches(wanted, actor)
        waiting = RegisterPart.objects.waiting().filter(branch__in=wanted).order_by("pk").select_for_update()
        before = {part.branch_id: part for part in waiting.defer("content_sealed")}
        sizes = {
            pk: len(register.parts[pk]) + (before[pk].rows if add and pk in before else 0) for pk in wanted
        }
        done = kept = 0
        for some in _batches(sizes):
            replaced = [before[pk].pk for pk in some if pk in before]
            made = _hand_to(some, register, replaced, job_id=job_id, actor=actor, add=add)
            kept += sum(part.rows - len(register.parts[part.branch_id]) for part in made)
            done += len(some)
            tell(done)
        entry.data["replaced"] = len(before)
    return HandedDown(branches, rows, len(before), kept)


def _hold_branches(wanted: list[int], actor: Account) -> None:
    """Two registers keep apart by a lock of their own, and the branches stand until this one is handed down: members are
    written into them meanwhile."""
    locks.alone(LOCK)
    hold(*Organization.objects.filter(pk__in=wanted), nature=Nature.BRANCH)
    if Organization.objects.visible_to(actor).branches().filter(pk__in=wanted).count() != len(wanted):
        raise RuleError(
            "branches_moved",
            "读取名册期间组织架构有变动，没有下发任何名册。请重新上传，系统会按新的架构拆分。",
            status=409,
        )


def _batches(sizes: dict[int, int]) -> Iterator[list[int]]:
    """Branches in their order, so many at a time that their rows (`sizes`) fit into memory."""
    some: list[int] = []
    rows = 0
    for pk, size in sizes.items():
        if some and (len(some) == BATCH or rows + size > ROWS_AT_ONCE):
            yield some
            some, rows = [], 0
        some.append(pk)
        rows += size
    if some:
        yield some


def _hand_to(
    some: list[int], register: Register, replaced: list[int], *, job_id: int, actor: Account, add: bool
) -> list[RegisterPart]:
    """The new parts of these branches, in the place of those with the ids `replaced`. Three queries."""
    earlier = _rows_of(replaced) if add else {}
    _replace(replaced, some, add=add)
    return RegisterPart.objects.bulk_create(
        _part(pk, register.lines(pk), earlier.get(pk, []), job_id, actor) for pk in some if register.parts[pk]
    )


def _rows_of(ids: list[int]) -> dict[int, list[Line]]:
    return {part.branch_id: part.lines() for part in RegisterPart.objects.filter(pk__in=ids)}


def _replace(ids: list[int], branches: list[int], *, add: bool) -> None:
    state = PartState.MERGED if add else PartState.REPLACED
    parts = RegisterPart.objects.filter(branch__in=branches)
    parts.filter(pk__in=ids).update(state=state, content_sealed=None, decided_at=timezone.now())
    if not add:  # what was still to be corrected comes again in the whole register
        parts.filter(state=PartState.IMPORTED, content_sealed__isnull=False).update(content_sealed=None)


def _part(
    branch_id: int, lines: list[Line], earlier: list[Line], job_id: int, actor: Account
) -> RegisterPart:
    until = timezone.now() + timedelta(days=settings.REGISTER_PARTS_KEPT_DAYS)
    part = RegisterPart(job_id=job_id, sender=actor.seat, branch_id=branch_id, rows=0, expires_at=until)
    known = {frozenset(line.items()) for line in lines}
    whole = [*(line for line in earlier if frozenset(line.items()) not in known), *lines]
    if len(whole) > MOST_ROWS_OF_A_BRANCH:
        branch = Organization.objects.get(pk=branch_id)
        raise RuleError(
            "part_too_long",
            f"“{branch}”还没有导入的名册加上这次的行，超过{MOST_ROWS_OF_A_BRANCH}行，没有下发任何名册。请选“用新名册替换”，上传整张名册。",
            status=409,
        )
    part.put(whole)
    return part


def mark_declined_seen(job: Job, *, actor: Account) -> None:
    """The sender has looked at the refusals of its register: they leave its to-do. Of no consequence to others, so no
    audit."""
    declined = RegisterPart.objects.sent_by(actor).filter(job=job, state=PartState.DECLINED)
    declined.filter(seen_at__isnull=True).update(seen_at=timezone.now())
