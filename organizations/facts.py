"""What the page of an organisation shows besides its own data. Apps above register; this module knows none of them.

facts.register("党员", members_facts, order=10)     # callable(organization, account) → list[Fact], in few queries
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Fact:
    """A number or a state, and the list behind it."""

    label: str
    value: Any
    href: str = ""
    note: str = ""


Provider = Callable[[Any, Any], list[Fact]]
_providers: list[tuple[int, str, Provider]] = []


def register(title: str, provider: Provider, *, order: int) -> None:
    _providers.append((order, title, provider))


def of(organization: Any, account: Any) -> list[tuple[str, list[Fact]]]:
    """(title of the panel, its facts), in order; panels with nothing to say are left out."""
    found = [
        (title, provider(organization, account))
        for _, title, provider in sorted(_providers, key=lambda entry: entry[:2])
    ]
    return [(title, facts) for title, facts in found if facts]
