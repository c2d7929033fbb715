"""What admin accounts mean for changes of the tree: an organisation that goes takes its sessions along (threats.md)."""

from accounts.actions import end_sessions
from accounts.models import Account
from organizations.stakes import Change, Happening

GOING = {Change.DISSOLVED, Change.RECYCLED}


def follow(happening: Happening) -> None:
    """Its admins are out at once, and so is who is about to activate an account there; after a restore they log in."""
    if happening.change in GOING:
        for account in Account.objects.admins().filter(organization__in=happening.organizations):
            end_sessions(account)
