"""How long what was deleted can be restored (F43)."""

from datetime import datetime, timedelta

from django.conf import settings

from organizations.models import Organization


def kept_for() -> timedelta:
    """How long after its deletion."""
    return timedelta(days=settings.RECYCLE_BIN_DAYS)


def kept_in_words() -> str:
    """180 天."""
    return f"{settings.RECYCLE_BIN_DAYS} 天"


def restorable_until(organization: Organization) -> datetime | None:
    """None for one that is not in the recycle bin."""
    at = organization.recycled_at
    return at + kept_for() if at else None
