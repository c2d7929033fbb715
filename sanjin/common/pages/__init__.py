"""Back-office pages: who may open one, lists, and forms that call one action."""

from .access import AdminPage
from .form import ActionPage
from .listing import ListPage

__all__ = ["ActionPage", "AdminPage", "ListPage"]
