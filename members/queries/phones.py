"""What the history knows of a member's phone."""

from datetime import datetime

from django.apps import apps

from members.models import Member


def phone_removed_at(member: Member) -> datetime | None:
    """When the mobile number was taken out of the record; None for who has one, or never had."""
    if member.phone_sealed:
        return None
    events = apps.get_model("members", "MemberEvent").objects.filter(pgh_obj_id=member.pk).order_by("pgh_id")
    last = events.filter(phone_sealed__isnull=False).values_list("pgh_id", flat=True).last()
    if last is None:
        return None
    at: datetime | None = events.filter(pgh_id__gt=last).values_list("pgh_created_at", flat=True).first()
    return at
