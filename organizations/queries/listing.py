"""Finding organisations by what a person types: a name, part of it, its pinyin or its initials."""

from organizations.models import OrganizationQuerySet

MOST_LETTERS = 80


def search_organizations(queryset: OrganizationQuerySet, text: str) -> OrganizationQuerySet:
    """Rows of `queryset` whose name, pinyin or initials contain every word of `text`; all rows for a blank text.

    Never errors (F02): wildcards are plain characters (Django escapes them), NUL is dropped, length is bounded.
    """
    for word in text.replace("\0", "")[:MOST_LETTERS].lower().split():
        queryset = queryset.filter(search__contains=word)
    return queryset
