"""Who may do what with organisations (F41). Each is a Q over organisations, and a bool by the same rule."""

from typing import Any

from django.db.models import Q

from organizations.enums import CHILDREN, Nature, OrganizationState
from organizations.paths import subtree

# Who maintains what, in the words that the page of an organisation shows instead of a missing button (F41).
MAINTAINERS = (
    ("基础信息（电话、地址、位置、届满日期）", "本组织管理员"),
    ("组织架构（新建、更名、性质与类型、转隶、撤销、删除）", "上级党委管理员"),
    ("党员与职务", "本支部管理员"),
)


def leads_structure(account: Any) -> bool:
    """A committee's admin (the root's too) may change the structure below; a general branch's only reads."""
    return bool(account.is_admin and account.seat.nature == Nature.COMMITTEE)


def structure_below(account: Any) -> Q:
    """Organisations whose place, name, nature and state this account may change: strictly below its own."""
    if not leads_structure(account):
        return Q(pk__in=[])
    return subtree(account.seat.path, itself=False)


def can_change_structure(account: Any, organization: Any) -> bool:
    """The same as `structure_below`, for one organisation that is loaded."""
    own = account.seat.path if leads_structure(account) else None
    return own is not None and organization.path != own and organization.path.startswith(own)


def can_create_below(account: Any, parent: Any) -> bool:
    """The parent is in scope, in use, and its nature lets something stand below it."""
    return (
        leads_structure(account)
        and parent.path.startswith(account.seat.path)
        and parent.state == OrganizationState.ACTIVE
        and bool(CHILDREN[Nature(parent.nature)])
    )


def can_edit_basics(account: Any, organization: Any) -> bool:
    """F41: an organisation's own admin keeps its basic data."""
    return bool(account.is_admin and account.organization_id == organization.pk)


def can_edit_settings(account: Any, organization: Any) -> bool:
    """Codes that may be screenshots (F10) and rankings (F03): the organisation's own admin and its superiors', for it and
    all below it."""
    return can_edit_basics(account, organization) or can_change_structure(account, organization)
