"""Finding meetings from the brand bar."""

from django.urls import reverse

from accounts.models import Account
from meetings.queries.lists import for_admin
from sanjin.common.formats import day
from sanjin.common.search.registry import MOST, Answer


def found_for_search(account: Account, text: str) -> list[Answer]:
    """Meetings in the account's scope whose subject contains `text`, the latest first; one query."""
    rows = for_admin(account).filter(title__icontains=text).order_by("-starts_at", "-pk")[:MOST]
    return [
        Answer(
            row.title,
            reverse("meetings:detail", args=[row.uuid]),
            note=f"{row.organization.name} · {day(row.starts_at)}",
            badge=row.phase.label,
        )
        for row in rows
    ]
