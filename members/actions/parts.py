"""What a branch does with the part of a register that its superior handed down, and what the clock does (F32)."""

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from accounts.models import Account
from members.enums import CHECK, PartState
from members.member_sheet import SPEC
from members.models import RegisterPart
from members.models.register_part import Line
from members.permissions import can_keep_members
from members.queries.already_here import already_here
from sanjin.common.audit import audited
from sanjin.common.errors import RuleError
from sanjin.common.jobs import start_job
from sanjin.common.models import Job
from sanjin.common.reasons import check_reason
from sanjin.common.xlsx import write_filled


def download_part(part: RegisterPart, *, actor: Account) -> bytes:
    """The part as a workbook in the import's own shape. RuleError `not_keeper` (403), `part_empty` (409)."""
    _must_keep_part(actor, part)
    with audited(
        "register_part.downloaded", actor=actor, subject=part, organization=part.branch_id, rows=part.rows
    ):
        return _workbook(part)


def check_part(part: RegisterPart, *, actor: Account) -> Job:
    """Start the usual check with the part's rows, so that every rule of the import holds; the import is confirmed on
    the check's page. While a check runs it is returned instead of a second one.

    RuleError `not_keeper` (403), `part_decided`, `part_empty` (409), `too_many_jobs` (429).
    """
    _must_keep_part(actor, part)
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
    _must_keep_part(actor, part)
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


def _must_keep_part(actor: Account, part: RegisterPart) -> None:
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
