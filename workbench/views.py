"""The home page: what waits for this account, and its figures. The figures come as a fragment, so that the page stands
at once even where they are counted over millions."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.views.generic.base import ContextMixin, TemplateResponseMixin

from organizations.enums import Nature
from sanjin.common.pages import AdminPage
from sanjin.common.todo import todos

from .queries import BranchFigures, MemberFigures, branch_figures, member_figures

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
        figures = [members_card(member_figures(self.account))]
        if not self.account.organization.is_branch:
            figures.insert(0, branches_card(branch_figures(self.account)))
        return super().get_context_data(figures=figures, **context)


def branches_card(branches: BranchFigures) -> dict[str, str]:
    """党支部: how many, how many of them settled (F40)."""
    waiting = f"{branches.waiting:,} 个支部的账号未激活" if branches.waiting else "账号全部激活"
    return {
        "label": "党支部",
        "value": f"{branches.total:,}",
        "unit": f"入驻 {branches.settled:,} · 待激活 {branches.waiting:,}",
        "note": waiting,
        "tone": "warn" if branches.waiting else "",
        "href": f"{reverse('organizations:list')}?nature={Nature.BRANCH}",
    }


def members_card(members: MemberFigures) -> dict[str, str]:
    """党员: the total is the sum of its parts (F38)."""
    return {
        "label": "党员",
        "value": f"{members.total:,}",
        "unit": f"男 {members.men:,} · 女 {members.women:,} · 未知 {members.unknown:,}",
        "note": "查看名单",
        "tone": "",
        "href": reverse("members:list"),
    }


def greeting(now: datetime) -> str:
    """上午好, 下午好 or 晚上好, by the clock of Shanghai."""
    if now.hour < 12:
        return "上午好"
    return "下午好" if now.hour < 18 else "晚上好"
