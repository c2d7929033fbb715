"""The member of an address, as far as the account may see or change it."""

from uuid import UUID

from django.shortcuts import get_object_or_404

from members.models import Member
from members.permissions import kept_by


def seen_member(account, uuid: UUID) -> Member:
    """404 for a member outside the account's scope, as for one that does not exist."""
    rows = Member.objects.visible_to(account).select_related("organization", "account")
    return get_object_or_404(rows, uuid=uuid)


def kept_member(account, uuid: UUID) -> Member:
    """404 unless the account keeps the member's record."""
    rows = (
        Member.objects.visible_to(account).filter(kept_by(account)).select_related("organization", "account")
    )
    return get_object_or_404(rows, uuid=uuid)
