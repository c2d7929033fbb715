"""What members mean for changes of the tree: nobody may be left in an organisation that goes (F43)."""

from members.models import Member
from organizations.models import Organization
from organizations.stakes import Change

REFUSED = {Change.RECYCLED: "删除", Change.DISSOLVED: "撤销", Change.RETYPED: "变更性质"}


def preview(organization: Organization, change: Change) -> list[str]:
    """How many people go along."""
    count = Member.objects.within(organization).present().count() if change == Change.MOVED else 0
    return [f"共有 {count:,} 名党员随它移动。"] if count else []


def refuse(organization: Organization, change: Change) -> str | None:
    """Members stand in branches only, so a branch that goes, or becomes something else, must be empty."""
    if change not in REFUSED:
        return None
    count = Member.objects.filter(organization=organization).present().count()
    if not count:
        return None
    return f"“{organization}”还有 {count} 名党员，不能{REFUSED[change]}。请先转出或由支部管理员移入回收站。"
