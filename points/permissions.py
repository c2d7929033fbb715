"""Who may do what with points. What an account sees of them is in the querysets (`visible_to`)."""

from typing import Any

from accounts.enums import Role

RULE_KEEPERS = {Role.ROOT_ADMIN}


def can_change_rules(account: Any) -> bool:
    """The catalogue of rules is the root's (product.md, "Who uses it")."""
    return account.role in RULE_KEEPERS
