"""Finding the member behind what was typed as the account."""

from members.models import Member


def member_by_account(index: bytes) -> Member | None:
    """The present member whose account name has this blind index, with account, branch and type."""
    rows = Member.objects.present().filter(account_name_index=index)
    return rows.select_related("account", "organization__type").first()
