"""What apps above this one do when who counts has changed (added, imported, edited, recycled, restored).

They register in `AppConfig.ready()` and are told in the same transaction, without this app knowing them:

    followers.register("points", follow)     # callable()
"""

from collections.abc import Callable

Follow = Callable[[], None]
_followers: dict[str, Follow] = {}


def register(app: str, follow: Follow) -> None:
    """`follow` may only ring or mark: what it does must be the same for one person and for 5,000."""
    _followers[app] = follow


def tell() -> None:
    """For the actions of this app, inside their transaction."""
    for follow in _followers.values():
        follow()
