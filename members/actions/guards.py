"""What several actions ask before they do anything."""

from members.enums import MemberState
from members.models import Member
from sanjin.common.errors import RuleError


def must_be_present(member: Member) -> None:
    """Code `in_the_bin` (409). Who is in the recycle bin has given up number and login name: what is done to them there may
    concern whoever has them now."""
    if member.state == MemberState.RECYCLED:
        raise RuleError("in_the_bin", f"{member.name}在回收站，不能这样办理。请先从回收站恢复。", status=409)
