"""The frame around every back-office page: menu, bells, search, account.

This module knows no app. Each app says in its `AppConfig.ready()` what it adds:

    frame.register_menu("members", "党员管理", icon="people", url_name="members:list", order=30)
    frame.register_bell("todo", "待办", icon="bell", url_name="workbench:todo", order=10, count=todo.count)

Only what is registered is shown, so the menu never leads to a page that doesn't exist.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

Account = Any  # sanjin.common lies below the app that defines accounts
Test = Callable[[Account], bool]
Count = Callable[[HttpRequest], int]


def everybody(account: Account) -> bool:
    """Visible to each signed-in account."""
    return True


@dataclass(frozen=True)
class MenuItem:
    """One line of the left menu; `key` is the URL namespace that it leads to."""

    key: str
    label: str
    icon: str
    url_name: str
    order: int
    visible: Test = everybody


@dataclass(frozen=True)
class Bell:
    """A sign with a number in the brand bar: `count(request)`."""

    key: str
    label: str
    icon: str
    url_name: str
    order: int
    count: Count
    visible: Test = everybody


@dataclass(frozen=True)
class AccountLink:
    """A line of the account's own menu; `post` makes it a button of a form (sign out)."""

    key: str
    label: str
    icon: str
    url_name: str
    order: int
    post: bool = False
    visible: Test = everybody


_menu: dict[str, MenuItem] = {}
_bells: dict[str, Bell] = {}
_links: dict[str, AccountLink] = {}
_places: dict[str, str] = {}


def register_menu(
    key: str, label: str, *, icon: str, url_name: str, order: int, visible: Test = everybody
) -> None:
    """Add a line to the menu: current where the URL's namespace is `key`, or the context has menu=key."""
    _menu[key] = MenuItem(key, label, icon, url_name, order, visible)


def register_bell(
    key: str,
    label: str,
    *,
    icon: str,
    url_name: str,
    order: int,
    count: Count,
    visible: Test = everybody,
) -> None:
    """Add a sign with a number to the brand bar. `count` gets the request, on which it may keep what the page itself asks
    for, too."""
    _bells[key] = Bell(key, label, icon, url_name, order, count, visible)


def register_account_link(
    key: str,
    label: str,
    *,
    icon: str,
    url_name: str,
    order: int,
    post: bool = False,
    visible: Test = everybody,
) -> None:
    """Add a line to the account's own menu."""
    _links[key] = AccountLink(key, label, icon, url_name, order, post, visible)


def register_search(url_name: str) -> None:
    """Name the page that answers the brand bar's search (GET, parameter q)."""
    _places["search"] = url_name


def register_tree(url_name: str) -> None:
    """Name the fragment that draws the tree of organisations (GET, parameters parent, q, current)."""
    _places["tree"] = url_name


@dataclass(frozen=True)
class Shown:
    """A registered thing as one account sees it."""

    key: str
    label: str
    icon: str
    href: str
    count: int = 0
    post: bool = False


class Frame:
    """What the frame shows in one request. Numbers are counted when a template asks for them, once."""

    def __init__(self, request: HttpRequest):
        self._request = request

    @cached_property
    def account(self) -> Account | None:
        """The signed-in account, or None."""
        user = getattr(self._request, "user", None)
        return user if user is not None and user.is_authenticated else None

    @cached_property
    def organization(self) -> Any:
        """The organisation that the account belongs to, or None."""
        return getattr(self.account, "organization", None)

    @cached_property
    def account_name(self) -> str:
        """How the account is called in the bar: the person's name, or the account's."""
        return str(self.account or "")

    @cached_property
    def current(self) -> str:
        """The menu key of this page: the first URL namespace."""
        match = getattr(self._request, "resolver_match", None)
        return match.namespaces[0] if match and match.namespaces else ""

    @cached_property
    def menu(self) -> list[Shown]:
        """Lines of the menu, in order."""
        return [
            Shown(item.key, item.label, item.icon, reverse(item.url_name))
            for item in self._for_account(_menu)
        ]

    @cached_property
    def bells(self) -> list[Shown]:
        """Signs in the brand bar, in order."""
        return [
            Shown(
                bell.key,
                bell.label,
                bell.icon,
                reverse(bell.url_name),
                bell.count(self._request),
            )
            for bell in self._for_account(_bells)
        ]

    @cached_property
    def account_links(self) -> list[Shown]:
        """Lines of the account's own menu, in order."""
        return [
            Shown(link.key, link.label, link.icon, reverse(link.url_name), post=link.post)
            for link in self._for_account(_links)
        ]

    @cached_property
    def home(self) -> str:
        """Where the brand mark leads: the first line of the menu."""
        return self.menu[0].href if self.menu else "/"

    @cached_property
    def search_href(self) -> str:
        """Address of the search page, or ''."""
        return reverse(_places["search"]) if self.account and "search" in _places else ""

    @cached_property
    def tree_href(self) -> str:
        """Address of the tree's fragment, or ''."""
        return reverse(_places["tree"]) if self.account and "tree" in _places else ""

    @cached_property
    def around_mishaps(self) -> str:
        """The page that an error stands in: the frame, so that the menu is at hand, unless nobody is signed in or htmx
        asks for a part."""
        part = getattr(self._request, "htmx", False)
        return "base.html" if getattr(self.account, "is_admin", False) and not part else "bare.html"

    def _for_account(self, registry: dict[str, Any]) -> Iterator[Any]:
        if self.account is None:
            return
        for item in sorted(registry.values(), key=lambda each: each.order):
            if item.visible(self.account):
                yield item


def frame(request: HttpRequest) -> dict[str, Frame]:
    """Context processor: `frame` for templates/base.html."""
    return {"frame": Frame(request)}
