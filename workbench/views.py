"""The home page: what waits for this account, and its figures. The figures come as a fragment, so that the page stands
at once even where they are counted over millions."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.views.generic.base import ContextMixin, TemplateResponseMixin

from sanjin.common.pages import AdminPage
from sanjin.common.todo import todos

from .queries import branch_figures, member_figures

SHOWN_AT_HOME = 8


class Shown(TemplateResponseMixin, ContextMixin, AdminPage):
    """A page that only shows."""

    def get(self, request, *args: Any, **kwargs: Any):
        return self.render_to_response(self.get_context_data())


class HomePage(Shown):
    """工作台. Context: `greeting`, `todos` (the longest waiting), `count` (all of them)."""

    template_name = "workbench/home.html"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        waiting = todos(self.account)
        mine = {
            "greeting": greeting(timezone.localtime()),
            "todos": waiting[:SHOWN_AT_HOME],
            "count": len(waiting),
        }
        return super().get_context_data(**(mine | context))


class TodoPage(Shown):
    """Everything that waits for this account."""

    template_name = "workbench/todo.html"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(todos=todos(self.account), **context)


class FiguresFragment(Shown):
    """Branches and members in scope, as a fragment of the home page."""

    template_name = "workbench/_figures.html"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        branches, members = branch_figures(self.account), member_figures(self.account)
        return super().get_context_data(branches=branches, members=members, **context)


def greeting(now: datetime) -> str:
    """上午好, 下午好 or 晚上好, by the clock of Shanghai."""
    if now.hour < 12:
        return "上午好"
    return "下午好" if now.hour < 18 else "晚上好"
