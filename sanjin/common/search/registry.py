"""Who answers the brand bar's search.

search.register("组织", found_organizations, order=10)      # callable(account, text) → list[Answer], at most MOST
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

MOST = 20


@dataclass(frozen=True)
class Answer:
    """One thing found: its name, what tells it from others of that name, a badge, and where it is."""

    name: str
    url: str
    note: str = ""
    badge: str = ""


@dataclass(frozen=True)
class Group:
    label: str
    found: list[Answer]


Finder = Callable[[Any, str], list[Answer]]
_finders: list[tuple[int, str, Finder]] = []


def register(label: str, finder: Finder, *, order: int) -> None:
    """Called in AppConfig.ready(). The finder starts from what the account may see, and never errors."""
    _finders.append((order, label, finder))


def answers(account: Any, text: str) -> list[Group]:
    """What everybody found for `text`, in the order of registration; nothing for a blank text."""
    text = " ".join(text.replace("\0", "").split())[:80]
    if not text:
        return []
    return [Group(label, finder(account, text)[:MOST]) for _, label, finder in sorted(_finders, key=_place)]


def _place(entry: tuple[int, str, Finder]) -> tuple[int, str]:
    return entry[:2]
