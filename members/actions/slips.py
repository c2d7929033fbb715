"""Slips: a one-time code on paper for a member who has no password, or forgot it (F28, F35)."""

from dataclasses import dataclass
from datetime import datetime

from accounts.actions import guard
from accounts.models import Account
from members.actions.codes import new_code
from members.actions.guards import managed, must_be_present
from members.models import Member
from members.models.reset_code import ResetChannel
from members.permissions import can_keep
from sanjin.common.audit import audited
from sanjin.common.errors import RuleError


@dataclass(frozen=True)
class Slip:
    """What is printed; elsewhere the code is sealed (`sheets`) or hashed."""

    member: Member
    code: str
    until: datetime


def issue_slip(member: Member, *, actor: Account) -> Slip:
    """Draw a one-time code for a member of the actor's own branch; an earlier slip ends, and the lock is lifted.

    Errors: `slip_refused` (403) unless actor administers the member's branch, `in_the_bin` (409), `membership_ended`
    (409: who left or died can't log in).
    """
    if not can_keep(actor, member):
        raise RuleError(
            "slip_refused",
            "一次性口令由党员所在支部的管理员打印，您的账号不是。请联系该支部管理员。",
            status=403,
        )
    must_be_present(member)
    if not member.may_log_in:
        raise RuleError(
            "membership_ended",
            f"{member.name}的党籍状态是“{member.get_state_display()}”，不能登录，没有打印口令。如登记有误，请先修改党籍状态。",
            status=409,
        )
    with audited("member.slip_issued", actor=actor, subject=member, organization=member.organization_id):
        code, until = new_code(member, ResetChannel.SLIP)
        _forgive(member)
    return Slip(member, code, until)


def unlock_member(member: Member, *, actor: Account) -> int:
    """Lift the lock after wrong passwords (F35). Returns how many counters were lifted. Errors: `not_keeper` (403),
    `in_the_bin` (409)."""
    with managed("member.unlocked", member, actor) as (member, _):
        must_be_present(member)
        return _forgive(member)


def _forgive(member: Member) -> int:
    """The lock counts by login name; who has none (yet) has no lock."""
    name = member.account_name_index
    return guard.forgive(bytes(name)) if name else 0
