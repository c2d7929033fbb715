"""Slips: a one-time code on paper for a member who has no password, or forgot it (F28, F35)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.db import transaction

from accounts.actions import guard
from accounts.models import Account
from members.actions.codes import new_code
from members.actions.guards import lock_members, managed, must_be_present, must_keep
from members.enums import MemberState
from members.models import Member
from members.models.reset_code import ResetChannel
from sanjin.common.audit import audited
from sanjin.common.errors import RuleError

NAMED = 5  # in the sentence that refuses


@dataclass(frozen=True)
class Slip:
    """What is printed; elsewhere the code is sealed (`sheets`) or hashed."""

    member: Member
    code: str
    until: datetime


@dataclass(frozen=True)
class LeftOut:
    """Who got no slip, and why, in words."""

    member: Member
    why: str

    def __str__(self) -> str:
        return f"{self.member.name}（{self.why}）"


class Drawn(NamedTuple):
    """The slips in the order of the members, and who got none."""

    slips: list[Slip]
    left_out: list[LeftOut]


def issue_slips(members: Sequence[Member], *, actor: Account) -> Drawn:
    """Draw one-time codes for members of the actor's own branch, in their order; earlier slips end, locks are lifted. All in
    one transaction: nobody's earlier slip ends without a new one to show. Who can't log in is left out, with the reason.

    Errors: `not_keeper` (403), `nobody_chosen` (400); `membership_ended`, `in_the_bin` (409) if nobody is left.
    """
    with transaction.atomic():
        locked = lock_members(member.pk for member in members)
        rows = [locked[member.pk] for member in members if member.pk in locked]
        for row in rows:
            must_keep(actor, row)
        left_out = [LeftOut(row, why) for row in rows if (why := _why_none(row))]
        without = {each.member.pk for each in left_out}
        slips = [_draw(row, actor) for row in rows if row.pk not in without]
        if not slips:
            raise _nobody(left_out)
    return Drawn(slips, left_out)


def _why_none(member: Member) -> str:
    if member.state == MemberState.RECYCLED:
        return "在回收站"
    return "" if member.may_log_in else f"党籍状态是“{member.get_state_display()}”"


def _draw(member: Member, actor: Account) -> Slip:
    with audited("member.slip_issued", actor=actor, subject=member):
        code, until = new_code(member, ResetChannel.SLIP)
        _forgive(member)
    return Slip(member, code, until)


def _nobody(left_out: list[LeftOut]) -> RuleError:
    if not left_out:
        return RuleError("nobody_chosen", "没有选中党员，没有打印口令。请先在名册中选择党员。")
    for each in left_out:
        must_be_present(each.member)
    names = "、".join(map(str, left_out[:NAMED])) + (f"等{len(left_out)}人" if len(left_out) > NAMED else "")
    return RuleError(
        "membership_ended",
        f"没有打印口令，因为{names}不能登录。如登记有误，请先修改党籍状态。",
        status=409,
    )


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
