"""申请归还手机号 (F23, F24)."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import Account
from members.enums import ReturnState
from members.models import Member, PhoneReturn
from members.permissions import can_keep_members
from sanjin.common.audit import about, audited
from sanjin.common.errors import RuleError
from sanjin.common.reasons import check_reason


def request_return(phone_index: bytes, *, actor: Account, asked_for: str) -> PhoneReturn:
    """Ask the branch of whoever holds the number to give it back to `asked_for`, a person of the actor's branch.

    phone_index: blind index of the number, as `phone_taken_elsewhere` carries it. RuleError `not_keeper` (403),
    `phone_free` (409: nobody in another branch holds it any more). Asking twice returns the open request.
    """
    if not can_keep_members(actor):
        raise RuleError("not_keeper", "归还手机号由支部管理员申请，您的账号不能申请。", status=403)
    holder = Member.objects.present().filter(phone_index=phone_index).select_related("organization").first()
    if holder is None or holder.organization_id == actor.organization_id:
        raise RuleError("phone_free", "这个手机号现在没有被别的支部使用。请重新录入。", status=409)
    request = PhoneReturn(
        holder=holder,
        holding=holder.organization,
        asking=actor.seat,
        asked_for=asked_for[:30],
        phone_index=phone_index,
    )
    try:
        # The asking branch's: the other one has its to-do, and the address and account of a stranger are not its business.
        with audited("phone_return.requested", actor=actor, organization=actor.seat) as entry:
            with transaction.atomic():
                request.save(force_insert=True)
            about(entry, request)
    except IntegrityError:
        return PhoneReturn.objects.get(asking=actor.seat, phone_index=phone_index, state=ReturnState.OPEN)
    return request


def decline_return(request: PhoneReturn, *, actor: Account, reason: str) -> PhoneReturn:
    """The number really is the holder's: say so. (Giving it back is editing the holder's phone: `edit_member`.)

    RuleError `not_keeper` (403), `reason_required`, `already_answered` (409).
    """
    if not can_keep_members(actor) or actor.organization_id != request.holding_id:
        raise RuleError("not_keeper", "这项申请由号码所在支部的管理员答复。", status=403)
    reason = check_reason(reason, "请写明为什么不能归还，对方会看到。", least=1)
    with audited(
        "phone_return.declined",
        actor=actor,
        subject=request,
        organization=request.holding_id,
        reason=reason,
    ):
        request = PhoneReturn.objects.select_for_update(of=("self",)).get(pk=request.pk)
        if request.state != ReturnState.OPEN:
            raise RuleError("already_answered", "这项申请已经答复。请刷新页面。", status=409)
        request.state, request.answer = ReturnState.DECLINED, reason
        request.decided_at = timezone.now()
        request.save(update_fields=["state", "answer", "decided_at"])
    return request


def mark_seen(request: PhoneReturn, *, actor: Account) -> None:
    """The asking branch has looked at the answer: it leaves the to-do. Of no consequence to others, so no audit."""
    if actor.organization_id == request.asking_id and request.state != ReturnState.OPEN:
        PhoneReturn.objects.filter(pk=request.pk, seen_at__isnull=True).update(seen_at=timezone.now())
