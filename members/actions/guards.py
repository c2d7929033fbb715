"""What several actions ask before they do anything."""

from members.enums import MemberState
from members.models import Member
from sanjin.common.errors import RuleError


def lock_member(pk: int) -> Member:
    """The row with its branch, locked until the transaction ends; its account is locked after it, never before."""
    rows = Member.objects.select_for_update(of=("self",)).select_related("organization__type")
    return rows.get(pk=pk)


def same_login_name(now: Member, before: Member) -> bool:
    """Whether what was typed as the account still means this member."""
    return bytes(now.account_name_index or b"") == bytes(before.account_name_index or b"")


def must_be_present(member: Member) -> None:
    """Code `in_the_bin` (409). Who is in the recycle bin has given up number and login name: what is done to them there may
    concern whoever has them now."""
    if member.state == MemberState.RECYCLED:
        raise RuleError("in_the_bin", f"{member.name}在回收站，不能这样办理。请先从回收站恢复。", status=409)
