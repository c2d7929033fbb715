"""What waits (workbench): for a branch admin a register to import, numbers to give back, answers to read, records to complete;
for a superior the parts of its register that branches declined."""

from django.urls import reverse

from members.enums import PartState, ReturnState
from members.models import Member, PhoneReturn
from members.permissions import can_keep_members, can_split_registers
from members.queries.parts import declined_unseen, unfinished_part
from sanjin.common.todo import MOST, Todo


def todos(account) -> list[Todo]:
    """Five queries for a branch's admin, one for a superior's."""
    if can_split_registers(account):
        return _declined(account)
    if not can_keep_members(account):
        return []
    return [*_handed_down(account), *_asked_of(account), *_answered(account), *_incomplete(account)]


def _handed_down(account) -> list[Todo]:
    part = unfinished_part(account)
    if part is None:
        return _first_step(account)
    title, link = f"上级拆分下发的名册 {part.rows} 行，待导入", "去导入"
    if part.state == PartState.IMPORTED:
        title, link = f"上级下发的名册还有 {part.left} 行需要改正", "去改正"
    href = reverse("members:part", args=[part.uuid])
    return [Todo("名册", title, href, link=link, where=part.sender.name, tone="warn", since=part.created_at)]


def _first_step(account) -> list[Todo]:
    if Member.objects.visible_to(account).present().exists():
        return []
    title = "本支部还没有党员，请导入本支部党员"
    return [Todo("党员", title, reverse("members:import"), link="去导入", tone="warn")]


def _declined(account) -> list[Todo]:
    return [
        Todo(
            "名册",
            f"{row['count']} 个支部退回了名册：{row['job__title']}",
            f"{reverse('members:split-result', args=[row['job__uuid']])}?state={PartState.DECLINED}",
            link="查看原因",
        )
        for row in declined_unseen(account)[:MOST]
    ]


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
    title = f"{count} 名党员缺少照片或履职承诺，待完善"
    return [Todo("完善", title, f"{reverse('members:list')}?complete=no", link="去完善", tone="neutral")]


def _href(row: PhoneReturn) -> str:
    return reverse("members:return", args=[row.uuid])
