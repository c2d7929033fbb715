"""How far the branches below are with their members (F33)."""

from django.db.models import QuerySet

from members.models import Member
from organizations.models import OrganizationQuerySet


def count_done(branches: OrganizationQuerySet) -> tuple[int, int]:
    """(branches that have members, branches in all): two queries."""
    return branches.filter(pk__in=_having()).count(), branches.count()


def branches_without_members(branches: OrganizationQuerySet) -> OrganizationQuerySet:
    """In the order of the tree."""
    return branches.exclude(pk__in=_having()).order_by("path")


def _having() -> QuerySet:
    return Member.objects.present().order_by().values("organization")
