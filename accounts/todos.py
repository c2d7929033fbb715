"""What waits for a committee's admin: accounts for the organisations that it leads directly, and their slips (F42)."""

from django.urls import reverse

from accounts.enums import AccountState
from accounts.models import Account
from accounts.permissions import can_generate_admins
from accounts.queries import MOST_WALKED, accounts_led
from organizations.enums import OrganizationState
from sanjin.common.todo import Todo


def todos(account: Account) -> list[Todo]:
    """One query."""
    if not can_generate_admins(account) or account.seat.state != OrganizationState.ACTIVE:
        return []
    lacking, issued = accounts_led(account.seat)
    waiting = []
    if lacking:
        title = f"直属的 {number(lacking)}组织还没有管理员账号，请生成管理员账号"
        waiting.append(Todo("账号", title, reverse("accounts:generate"), link="去生成", tone="warn"))
    if issued:
        title = f"直属的 {number(issued)}管理员账号还没有激活，请发放账号条"
        address = f"{reverse('accounts:admins')}?state={AccountState.ISSUED}&led=on"
        waiting.append(Todo("账号", title, address, link="查看账号", tone="warn"))
    return waiting


def number(found: int) -> str:
    """As far as was counted."""
    return f"{found} 个" if found < MOST_WALKED else f"{MOST_WALKED} 个以上"
