"""What hangs on an organisation. A lower app asks the upper ones without knowing them.

An app registers in `AppConfig.ready()` and is asked before a change of the structure (preview, refuse) and told after it
(follow), in the same transaction:

    stakes.register("members", preview=headcount_sentence, refuse=refuse_with_members)
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Change(StrEnum):
    CREATED = "created"
    RENAMED = "renamed"
    RETYPED = "retyped"
    MOVED = "moved"
    DISSOLVED = "dissolved"
    RECYCLED = "recycled"
    RESTORED = "restored"


@dataclass(frozen=True)
class Happening:
    """What has just happened. organizations: as they are now (one, but many for an import; for a move the top of the
    subtree). old_path: where it stood before a move. actor: an account or None."""

    change: Change
    organizations: Sequence[Any]
    actor: Any
    old_path: str = ""


Preview = Callable[[Any, Change], list[str]]  # (organization, change) → sentences for the confirmation
Refuse = Callable[[Any, Change], str | None]  # → the reason and the remedy, or None
Follow = Callable[[Happening], None]


@dataclass(frozen=True)
class Stake:
    preview: Preview | None = None
    refuse: Refuse | None = None
    follow: Follow | None = None


_stakes: dict[str, Stake] = {}


def register(
    app: str, *, preview: Preview | None = None, refuse: Refuse | None = None, follow: Follow | None = None
) -> None:
    _stakes[app] = Stake(preview, refuse, follow)


def previews(organization: Any, change: Change) -> list[str]:
    """Everything that the person who confirms should know."""
    return [
        line for stake in _stakes.values() if stake.preview for line in stake.preview(organization, change)
    ]


def refusals(organization: Any, change: Change) -> Iterator[str]:
    for stake in _stakes.values():
        if stake.refuse and (reason := stake.refuse(organization, change)):
            yield reason


def follow(happening: Happening) -> None:
    for stake in _stakes.values():
        if stake.follow:
            stake.follow(happening)
