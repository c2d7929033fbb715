"""A subtree is a range of the path index: written here once, for every query that means one."""

from django.db.models import OuterRef, Q, Value
from django.db.models.functions import Concat

BEHIND = "~"  # sorts behind the alphabet of paths (0–9, A–Z) bytewise


def after(path: str) -> str:
    """The first path behind the subtree of `path`."""
    return f"{path}{BEHIND}"


def subtree(path: str, via: str = "", *, itself: bool = True) -> Q:
    """What stands at or under `path` (under it only without `itself`). via: the way from the queried row to its
    organisation, such as `hosts__organization__`."""
    return Q(**{f"{via}path__{'gte' if itself else 'gt'}": path, f"{via}path__lt": after(path)})


def under_outer() -> Q:
    """For a subquery over organisations: what stands under the organisation of the query around it."""
    return Q(path__gt=OuterRef("path"), path__lt=Concat(OuterRef("path"), Value(BEHIND)))
