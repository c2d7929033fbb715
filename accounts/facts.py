"""Admin accounts on the page of an organisation: who has one, and how many branches have settled in (F40)."""

from accounts.enums import AccountState
from accounts.models import Account
from accounts.queries import settled_branches
from organizations.facts import Fact
from organizations.models import Organization


def admin_accounts(organization: Organization, account) -> list[Fact]:
    """State of the organisation's own admin account, and 入驻支部数 of what stands below."""
    admins = Account.objects.admins().filter(organization=organization).order_by("pk")
    facts = [Fact("管理员账号", admin.name, note=AccountState(admin.state).label) for admin in admins[:5]]
    if not facts:
        facts = [Fact("管理员账号", "还没有", note="由直属上级党委在“系统设置 → 管理员账号”生成")]
    if not organization.is_branch:
        settled, branches = settled_branches(organization)
        facts.append(
            Fact("入驻支部数", f"{settled:,}", note=f"共 {branches:,} 个支部，管理员账号已激活的算入驻")
        )
    return facts
