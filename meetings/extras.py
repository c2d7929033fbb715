"""What meetings add to answers of the apps below."""

from meetings.permissions import can_call
from members.models import Member


def may_call(member: Member) -> bool:
    """`GET me/`: whether the member may call meetings."""
    return member.account is not None and can_call(member.account)
