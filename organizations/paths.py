"""A subtree is a range of the path index: written here once, for every query that means one."""

from django.db.models import Q


def after(path: str) -> str:
    """The first path behind the subtree of `path`: `~` sorts behind the alphabet of paths (0–9, A–Z) bytewise."""
    return f"{path}~"


def subtree(path: str, via: str = "", *, itself: bool = True) -> Q:
    """What stands at or under `path` (under it only without `itself`). via: the way from the queried row to its
    organisation, such as `hosts__organization__`."""
    return Q(**{f"{via}path__{'gte' if itself else 'gt'}": path, f"{via}path__lt": after(path)})
