"""A superior's register handed down to its branches, part by part, and what the branches do with it (F32)."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import NamedTuple

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from accounts.models import Account
from members.enums import CHECK, PartState
from members.member_sheet import SPEC
from members.models import RegisterPart
from members.models.register_part import Line
from members.permissions import can_keep_members, can_split_registers
from members.queries.already_here import already_here
from members.register_sheet import MOST_ROWS_OF_A_BRANCH, Register
from organizations.models import Organization
from sanjin.common.audit import audited
from sanjin.common.errors import RuleError
from sanjin.common.jobs import start_job
from sanjin.common.models import Job
from sanjin.common.reasons import check_reason
from sanjin.common.xlsx import write_filled

BATCH = 500
ROWS_AT_ONCE = 20_000


class HandedDown(NamedTuple):
    """Branches and rows that were handed down, how many branches had a part waiting that this one replaces, and how many
    rows of those parts go on with the new ones."""

    branches: int
    rows: int
    replaced: int
    kept: int


def must_split(actor: Account) -> None:
    """RuleError `not_splitter` (403). Asked by the worker before it reads, and again when the parts are written."""
    if not can_split_registers(actor):
        raise RuleError(
            "not_splitter", "名册由党委或党总支管理员拆分，您的账号现在没有这项权限。", status=403
        )


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
    must_split(actor)
    wanted = sorted(pk for pk, some in register.parts.items() if some or not add)
    rows = sum(map(len, register.parts.values()))
    branches = sum(map(bool, register.parts.values()))
    with audited(
        "register.split",
        actor=actor,
        subject=actor.organization,
        organization=actor.organization,
        branches=branches,
        rows=rows,
        refused=len(register.refused),
        added=add,
    ) as entry:
        _lock_branches(wanted, actor)
        waiting = RegisterPart.objects.waiting().filter(branch__in=wanted).order_by("pk").select_for_update()
        before = {part.branch_id: part for part in waiting.defer("content_sealed")}
        sizes = {
            pk: len(register.parts[pk]) + (before[pk].rows if add and pk in before else 0) for pk in wanted
        }
        done = kept = 0
        for some in _batches(sizes):
            replaced = [before[pk].pk for pk in some if pk in before]
            earlier = _rows_of(replaced) if add else {}
            _replace(replaced, some, add=add)
            made = RegisterPart.objects.bulk_create(
                _part(pk, register.lines(pk), earlier.get(pk, []), job_id, actor)
                for pk in some
                if register.parts[pk]
            )
            kept += sum(part.rows - len(register.parts[part.branch_id]) for part in made)
            done += len(some)
            tell(done)
        entry.data["replaced"] = len(before)
    return HandedDown(branches, rows, len(before), kept)


def _lock_branches(wanted: list[int], actor: Account) -> None:
    # Always in the same order, and so that members may still be written into the branches meanwhile.
    branches = Organization.objects.visible_to(actor).branches().filter(pk__in=wanted).order_by("pk")
    if len(branches.select_for_update(no_key=True).values_list("pk", flat=True)) != len(wanted):
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
    part = RegisterPart(
        job_id=job_id, sender=actor.organization, branch_id=branch_id, rows=0, expires_at=until
    )
    known = {frozenset(line.items()) for line in lines}
    whole = [*(line for line in earlier if frozenset(line.items()) not in known), *lines]
    if len(whole) > MOST_ROWS_OF_A_BRANCH:
        raise RuleError(
            "part_too_long",
            f"有支部还没有导入的名册加上这次的行，超过{MOST_ROWS_OF_A_BRANCH}行，没有下发任何名册。请选“用新名册替换”，上传整张名册。",
            status=409,
        )
    part.put(whole)
    return part


def download_part(part: RegisterPart, *, actor: Account) -> bytes:
    """The part as a workbook in the import's own shape. RuleError `not_keeper` (403), `part_empty` (409)."""
    _must_be_keeper(part, actor)
    with audited(
        "register_part.downloaded", actor=actor, subject=part, organization=part.branch_id, rows=part.rows
    ):
        return _workbook(part)


def check_part(part: RegisterPart, *, actor: Account) -> Job:
    """Start the usual check with the part's rows, so that every rule of the import holds; the import is confirmed on
    the check's page. While a check runs it is returned instead of a second one.

    RuleError `not_keeper` (403), `part_decided` (409), `part_empty` (409).
    """
    _must_be_keeper(part, actor)
    with transaction.atomic():
        part = _locked_unfinished(part)
        if part.checking and part.checking.unfinished:
            return part.checking
        with audited("register_part.checked", actor=actor, subject=part, organization=part.branch_id):
            upload = ContentFile(_workbook(part), "名册.xlsx")
            part.checking = start_job(
                CHECK,
                title=f"检查 {part.sender.name[:60]}下发的名册",
                actor=actor,
                params={"part": str(part.uuid)},
                upload=upload,
            )
            part.save(update_fields=["checking"])
    return part.checking


def decline_part(part: RegisterPart, *, actor: Account, reason: str) -> RegisterPart:
    """The branch doesn't want these rows, or what is left of them, and says why; its superior sees it.

    RuleError `not_keeper` (403), `reason_required`, `part_decided` (409).
    """
    _must_be_keeper(part, actor)
    reason = check_reason(reason, "请写明为什么退回，上级会看到。", least=1)
    with audited(
        "register_part.declined", actor=actor, subject=part, organization=part.branch_id, reason=reason
    ):
        part = _locked_unfinished(part)
        part.state, part.reason, part.decided_at = PartState.DECLINED, reason, timezone.now()
        part.content = None
        part.save(update_fields=["state", "reason", "decided_at", "content_sealed"])
    return part


def note_import(check: Job, *, organization_id: int, count: int) -> None:
    """Called by the import of a check that began with a part, in the import's own transaction: the part is done. Rows
    that were refused stay to be corrected until the part expires. Its audit entry is the import's."""
    part = _part_of(check.params.get("part"), organization_id)
    if part is None:  # replaced meanwhile: the newer part waits by itself
        return
    left = _to_import(part)
    part.imported = min(part.imported + count, part.rows - part.already)
    _finish(part, left)


def close_if_all_here(uuid: str, *, organization_id: int, actor: Account) -> bool:
    """Called by the check of a part that found nothing to import and nothing to correct, since all of its people are
    members of the branch already: there is nothing left to do. Whether it was closed; a second call does nothing."""
    part = _part_of(uuid, organization_id)
    if part is None or _to_import(part):
        return False
    with audited(
        "register_part.closed",
        actor=actor,
        subject=part,
        organization=part.branch_id,
        rows=part.rows,
    ):
        _finish(part, [])
    return True


def _part_of(uuid: str | None, organization_id: int) -> RegisterPart | None:
    if not uuid:
        return None
    mine = RegisterPart.objects.unfinished().filter(uuid=uuid, branch=organization_id)
    return mine.select_for_update().first()


def _to_import(part: RegisterPart) -> list[Line]:
    lines = part.lines()
    here = already_here((at, part.branch_id, line.get("id_number", "")) for at, line in enumerate(lines))
    return [line for at, line in enumerate(lines) if at not in here]


def _finish(part: RegisterPart, left: list[Line]) -> None:
    part.already = max(part.rows - part.imported - len(left), 0)
    part.state, part.decided_at = PartState.IMPORTED, timezone.now()
    part.keep(left)
    part.save(update_fields=["state", "imported", "already", "decided_at", "content_sealed"])


def expire_parts() -> int:
    """Each day: what nobody imported in time is emptied, and says so. How many; a second call does nothing."""
    due = RegisterPart.objects.filter(expires_at__lte=timezone.now(), content_sealed__isnull=False)
    if not due.exists():
        return 0
    with audited("register.expired", actor=None) as entry:
        now = timezone.now()
        count = due.waiting().update(state=PartState.EXPIRED, content_sealed=None, decided_at=now)
        count += due.update(content_sealed=None)
        entry.data["parts"] = count
    return count


def mark_declined_seen(job: Job, *, actor: Account) -> None:
    """The sender has looked at the refusals of its register: they leave its to-do. Of no consequence to others, so no
    audit."""
    declined = RegisterPart.objects.sent_by(actor).filter(job=job, state=PartState.DECLINED)
    declined.filter(seen_at__isnull=True).update(seen_at=timezone.now())


def _must_be_keeper(part: RegisterPart, actor: Account) -> None:
    if not can_keep_members(actor) or actor.organization_id != part.branch_id:
        raise RuleError("not_keeper", "下发的名册由接收支部的管理员办理，您的账号不能办理。", status=403)


def _locked_unfinished(part: RegisterPart) -> RegisterPart:
    # `checking` is read afterwards: joined, it would be what it was before this request waited for the lock.
    rows = RegisterPart.objects.select_related("sender").select_for_update(of=("self",))
    part = rows.get(pk=part.pk)
    if not part.is_unfinished:
        raise RuleError(
            "part_decided",
            f"这份名册{part.get_state_display()}，不能再办理。请回到待办，查看有没有新下发的名册。",
            status=409,
        )
    return part


def _workbook(part: RegisterPart) -> bytes:
    if not part.content_sealed:
        raise RuleError(
            "part_empty",
            "这份名册的内容已经清理（已办结或超过保存期限）。需要时请上级重新上传名册拆分。",
            status=409,
        )
    return write_filled(SPEC, part.lines())
