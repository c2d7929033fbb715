"""The to-do list of the home page and its bell. Each app says what waits for an account; this module knows no app."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest


@dataclass(frozen=True)
class Todo:
    """One line: `tag` (two characters, such as 审核), `tone` (a badge tone: bad, warn, good, info, neutral), what, where (organisation),
    the address that deals with it, the words on its link, and since when it waits."""

    tag: str
    title: str
    url: str
    link: str = "去处理"
    where: str = ""
    tone: str = "bad"
    since: datetime | None = None


Provider = Callable[[Any], list[Todo]]
_providers: list[Provider] = []

MEMO = "sanjin_todos"
MOST = 50  # a page shows no more of each kind; the lists behind the links have the rest


def register(provider: Provider) -> None:
    """Called in AppConfig.ready(): `provider(account)` returns what waits for it, at most `MOST`, in few queries."""
    _providers.append(provider)


def todos(account: Any) -> list[Todo]:
    """All that waits for an account, the longest waiting first."""
    return sorted(_gather(account), key=lambda todo: todo.since.timestamp() if todo.since else float("inf"))


def waiting(request: HttpRequest) -> list[Todo]:
    """The same for who asks, gathered once in a request: the page and its bell both want it."""
    if not hasattr(request, MEMO):
        setattr(request, MEMO, todos(request.user))
    return getattr(request, MEMO)


def _gather(account: Any) -> Iterator[Todo]:
    for provider in _providers:
        yield from provider(account)[:MOST]


def count(request: HttpRequest) -> int:
    """The number on the bell."""
    return len(waiting(request))
