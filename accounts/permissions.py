"""Who may do what with admin accounts (F16, F35, F42)."""

from typing import Any

from accounts.enums import Role

COMMITTEES = {Role.COMMITTEE_ADMIN, Role.ROOT_ADMIN}
SUPERIORS = {*COMMITTEES, Role.GENERAL_BRANCH_ADMIN}


def can_generate_admins(account: Any) -> bool:
    """F42: a committee's admin, for all that stands below it."""
    return account.role in COMMITTEES


def manages(account: Any, superior_id: int | None, other: Any) -> bool:
    """Reset, freeze, unfreeze, unlock: an admin of the direct superior committee of `other`'s organisation, which is
    `superior_id` (organizations.queries: direct_superior, or superiors_of for a list). Above the root stands nobody:
    there a second root account does it."""
    if account.role not in COMMITTEES or account.pk == other.pk:
        return False
    if superior_id is None:
        superior_id = other.organization_id
    return bool(account.organization_id == superior_id)
