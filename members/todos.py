"""What waits for a branch admin (workbench): numbers to give back, answers to read, records to complete."""

from django.urls import reverse

from members.enums import ReturnState
from members.models import Member, PhoneReturn
from members.permissions import can_keep_members
from sanjin.common.todo import MOST, Todo


def todos(account) -> list[Todo]:
    """Three queries."""
    if not can_keep_members(account):
        return []
    return [*_asked_of(account), *_answered(account), *_incomplete(account)]


def _asked_of(account) -> list[Todo]:
    rows = PhoneReturn.objects.filter(holding=account.organization_id, state=ReturnState.OPEN)
    return [
        Todo("号码", f"{row.asking.name}申请归还{row.asked_for}的手机号", _href(row), since=row.created_at)
        for row in rows.select_related("asking")[:MOST]
    ]


def _answered(account) -> list[Todo]:
    rows = PhoneReturn.objects.filter(asking=account.organization_id, seen_at__isnull=True).exclude(
        state=ReturnState.OPEN
    )
    return [
        Todo(
            "号码",
            f"{row.asked_for}的手机号：{row.get_state_display()}",
            _href(row),
            link="查看",
            where=row.holding.name,
            tone="good" if row.state == ReturnState.DONE else "warn",
            since=row.decided_at,
        )
        for row in rows.select_related("holding")[:MOST]
    ]


def _incomplete(account) -> list[Todo]:
    rows = Member.objects.visible_to(account).present().incomplete()
    count = rows.count()
    if not count:
        return []
    title = f"{count}名党员缺少照片或履职承诺，待完善"
    return [Todo("完善", title, f"{reverse('members:list')}?complete=no", link="去完善", tone="neutral")]


def _href(row: PhoneReturn) -> str:
    return reverse("members:return", args=[row.uuid])
