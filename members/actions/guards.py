"""The frame of an action on a member, and what several actions ask first: RuleError where the permission says no."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from accounts.models import Account
from members.enums import MemberState
from members.models import Member
from members.permissions import can_keep, can_keep_members, can_split_registers
from sanjin.common.audit import audited
from sanjin.common.errors import RuleError
from sanjin.common.models import AuditEntry

BRANCH_ADMIN = "本支部管理员"


def lock_members(pks: Iterable[int]) -> dict[int, Member]:
    """The rows with their branches, by pk, locked until the transaction ends: always in the same order, so that two
    batches wait for each other and don't deadlock. Accounts are locked after their members, never before."""
    rows = Member.objects.select_for_update(of=("self",)).select_related("organization__type")
    return {row.pk: row for row in rows.filter(pk__in=list(pks)).order_by("pk")}


def lock_member(pk: int) -> Member:
    """`lock_members` for one."""
    return lock_members([pk])[pk]


@contextmanager
def managed(
    verb: str, member: Member, actor: Account, *, reason: str = ""
) -> Iterator[tuple[Member, AuditEntry]]:
    """The member's locked row and the audit entry, inside one audited transaction. Who may is asked after the lock, so
    that the answer is true when the row changes. RuleError `not_keeper` (403)."""
    with audited(verb, actor=actor, subject=member, reason=reason) as entry:
        row = lock_member(member.pk)
        must_keep(actor, row)
        yield row, entry


def same_login_name(now: Member, before: Member) -> bool:
    """Whether what was typed as the account still means this member."""
    return bytes(now.account_name_index or b"") == bytes(before.account_name_index or b"")


def must_be_present(member: Member) -> None:
    """Code `in_the_bin` (409). Who is in the recycle bin has given up number and login name: what is done to them there may
    concern whoever has them now."""
    if member.state == MemberState.RECYCLED:
        raise RuleError("in_the_bin", f"{member.name}在回收站，不能这样办理。请先从回收站恢复。", status=409)


def must_keep_members(actor: Account) -> None:
    """Code `not_keeper` (403). A worker asks it, too: the account may have changed since the upload."""
    if not can_keep_members(actor):
        raise RuleError(
            "not_keeper", "党员信息只能由支部管理员添加和导入，您的账号现在没有这项权限。", status=403
        )


def must_keep(actor: Account, member: Member) -> None:
    """Code `not_keeper` (403)."""
    if not can_keep(actor, member):
        raise RuleError(
            "not_keeper", "党员信息由所在支部的管理员维护，您的账号不能修改。请联系该支部管理员。", status=403
        )


def must_split_registers(actor: Account) -> None:
    """Code `not_splitter` (403). Asked by the worker before it reads, and again when the parts are written."""
    if not can_split_registers(actor):
        raise RuleError(
            "not_splitter", "名册由党委或党总支管理员拆分，您的账号现在没有这项权限。", status=403
        )


def must_be_let_in(member: Member) -> None:
    """Code `membership_ended` (403): who left the party or died has no account any more (decision 28)."""
    if not member.may_log_in:
        raise RuleError(
            "membership_ended",
            f"您的党籍状态是“{member.get_state_display()}”，账号已停用，不能登录。如登记有误，请联系{BRANCH_ADMIN}更正。",
            status=403,
        )
