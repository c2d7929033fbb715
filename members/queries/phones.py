"""What the history knows of a member's phone."""

from datetime import datetime
from typing import Any

from members.models import Member


def phone_removed_at(member: Member) -> datetime | None:
    """When the mobile number was taken out of the record; None for who has one, or never had."""
    if member.phone_sealed:
        return None
    tracked: Any = member  # `events` is made by `@tracked`, and mypy does not know it
    events = tracked.events.order_by("pgh_id")
    last = events.filter(phone_sealed__isnull=False).values_list("pgh_id", flat=True).last()
    if last is None:
        return None
    at: datetime | None = events.filter(pgh_id__gt=last).values_list("pgh_created_at", flat=True).first()
    return at
