"""Who may do what with members. Pages, actions and templates ask the same names."""

from typing import Any

from django.db.models import Q
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from accounts.enums import Role
from accounts.models import Account
from accounts.permissions import SUPERIORS
from organizations.enums import OrganizationState


class IsMember(BasePermission):
    """The API's default: a logged-in member whose account is in use and who is a member still. Identity comes from the
    token alone."""

    def has_permission(self, request: Request, view: Any) -> bool:
        account = request.user
        if not account or account.is_admin or not account.is_active:
            return False
        member = getattr(account, "member", None)
        return member is not None and member.may_log_in


# F33, F41: people are kept by the branch, whoever stands above it.
KEEPERS = {Role.BRANCH_ADMIN}


def can_keep_members(account: Account) -> bool:
    """Add, import, edit, recycle: the admin of an active branch, in its own branch."""
    return account.role in KEEPERS and account.seat.state == OrganizationState.ACTIVE


def can_split_registers(account: Account) -> bool:
    """F32: the admin of an active committee or general branch hands its register down to the branches below."""
    return account.role in SUPERIORS and account.seat.state == OrganizationState.ACTIVE


def kept_by(account: Account) -> Q:
    """The members that `account` may change."""
    return Q(organization=account.organization_id) if can_keep_members(account) else Q(pk__in=())


def can_keep(account: Account, member: Any) -> bool:
    """`kept_by` for one member."""
    return can_keep_members(account) and member.organization_id == account.organization_id


def can_assign_posts(account: Account) -> bool:
    """F36, F41: each organisation's admin gives that organisation's posts."""
    return account.is_admin and account.seat.state == OrganizationState.ACTIVE
