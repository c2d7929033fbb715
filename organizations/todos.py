"""What waits for a committee's admin: the structure below it, while there is none."""

from typing import Any

from django.urls import reverse

from organizations.enums import OrganizationState
from organizations.models import Organization
from organizations.paths import subtree
from organizations.permissions import leads_structure
from sanjin.common.todo import Todo


def todos(account: Any) -> list[Todo]:
    """One query, which ends at the first organisation that it meets."""
    if not leads_structure(account) or account.seat.state != OrganizationState.ACTIVE:
        return []
    if Organization.objects.active().filter(subtree(account.seat.path, itself=False)).order_by().exists():
        return []
    return [
        Todo(
            "架构",
            "还没有下级组织，请导入下级组织架构",
            reverse("organizations:import"),
            link="去导入",
            tone="warn",
        )
    ]
