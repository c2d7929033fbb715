"""Finding organisations by what a person types: a name, part of it, its pinyin or its initials."""

from typing import Any

from django.db.models import OuterRef, Subquery, Value
from django.db.models.functions import Coalesce, Left, Length
from django.urls import reverse

from organizations.models import Organization, OrganizationQuerySet
from sanjin.common.search import Answer
from sanjin.common.search.registry import MOST

MOST_LETTERS = 80


def search_organizations(queryset: OrganizationQuerySet, text: str) -> OrganizationQuerySet:
    """Rows of `queryset` whose name, pinyin or initials contain every word of `text`; all rows for a blank text.

    Never errors (F02): wildcards are plain characters (Django escapes them), NUL is dropped, length is bounded.
    """
    for word in text.replace("\0", "")[:MOST_LETTERS].lower().split():
        queryset = queryset.filter(search__contains=word)
    return queryset


def with_parent_name(queryset: OrganizationQuerySet) -> OrganizationQuerySet:
    """Each row with `parent_name`, the organisation right above it ('' for the root)."""
    above = Organization.objects.filter(path=OuterRef("above")).order_by().values("name")[:1]
    return queryset.annotate(
        above=Left("path", Length("path") - Organization.steplen),
        parent_name=Coalesce(Subquery(above), Value("")),
    )


def found_for_search(account: Any, text: str) -> list[Answer]:
    """For the brand bar: organisations in the account's scope, the highest first."""
    rows = search_organizations(Organization.objects.visible_to(account).active(), text)
    rows = with_parent_name(rows).order_by("depth", "path")[:MOST]
    return [
        Answer(
            row.name,
            reverse("organizations:detail", args=[row.uuid]),
            note=row.parent_name or "",  # type: ignore[attr-defined]  # annotated by `with_parent_name`
            badge=row.get_nature_display(),
        )
        for row in rows
    ]
