"""What waits for a committee's admin: admin accounts for the organisations that it leads directly (F42)."""

from django.urls import reverse

from accounts.models import Account
from accounts.permissions import can_generate_admins
from accounts.queries import MOST_WALKED, count_without_admin
from organizations.enums import OrganizationState
from sanjin.common.todo import Todo


def todos(account: Account) -> list[Todo]:
    """One query."""
    if not can_generate_admins(account) or account.seat.state != OrganizationState.ACTIVE:
        return []
    lacking = count_without_admin(account.seat)
    if not lacking:
        return []
    number = f"{lacking}个" if lacking < MOST_WALKED else f"{MOST_WALKED}个以上"
    title = f"直属的{number}组织还没有管理员账号，请生成管理员账号"
    return [Todo("账号", title, reverse("accounts:generate"), link="去生成", tone="warn")]
