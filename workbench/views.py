"""The home page: what waits for this account, and its figures. The figures come as a fragment, so that the page stands
at once even where they are counted over millions."""

from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.views.generic.base import ContextMixin, TemplateResponseMixin

from accounts.enums import AdminState
from meetings.enums import Phase
from organizations.enums import Nature
from organizations.models import Organization
from points.periods import year_code
from points.queries.totals import total_of
from sanjin.common.pages import AdminPage
from sanjin.common.todo import waiting

from .queries import (
    BranchFigures,
    MeetingFigures,
    MemberFigures,
    branch_figures,
    meeting_figures,
    member_figures,
)

SHOWN_AT_HOME = 8


class Shown(TemplateResponseMixin, ContextMixin, AdminPage):
    """A page that only shows."""

    def get(self, request, *args: Any, **kwargs: Any):
        return self.render_to_response(self.get_context_data())


class HomePage(Shown):
    """工作台. Context: `greeting`, `todos` (the longest waiting), `count` (all of them)."""

    template_name = "workbench/home.html"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        todos = waiting(self.request)
        mine = {
            "greeting": greeting(timezone.localtime()),
            "todos": todos[:SHOWN_AT_HOME],
            "count": len(todos),
        }
        return super().get_context_data(**(mine | context))


class TodoPage(Shown):
    """Everything that waits for this account."""

    template_name = "workbench/todo.html"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(todos=waiting(self.request), **context)


class FiguresFragment(Shown):
    """Branches, members and meetings in scope and the own total, as a fragment of the home page."""

    template_name = "workbench/_figures.html"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        now, organization = timezone.localtime(), self.account.organization
        branches = None if organization.is_branch else branch_figures(self.account)
        figures = [
            *([branches_card(branches)] if branches else []),
            members_card(member_figures(self.account), can_import=branches is None or bool(branches.total)),
            meetings_card(meeting_figures(self.account, now), now.date()),
            total_card(organization, now.date()),
        ]
        return super().get_context_data(figures=figures, **context)


def branches_card(branches: BranchFigures) -> dict[str, str]:
    """党支部: how many, how many of them settled (F40)."""
    if not branches.total:
        return {
            "label": "党支部",
            "value": "0",
            "unit": "还没有下级支部",
            "note": "导入组织架构",
            "tone": "warn",
            "href": reverse("organizations:import"),
        }
    unsettled = branches.waiting + branches.without
    address = f"{reverse('organizations:list')}?nature={Nature.BRANCH}"
    return {
        "label": "党支部",
        "value": f"{branches.total:,}",
        "unit": f"入驻 {branches.settled:,} · 待激活 {branches.waiting:,} · 没有账号 {branches.without:,}",
        "note": f"{unsettled:,} 个支部还没有入驻" if unsettled else "账号全部激活",
        "tone": "warn" if unsettled else "",
        "href": f"{address}&admin={AdminState.UNSETTLED}" if unsettled else address,
    }


def members_card(members: MemberFigures, *, can_import: bool = True) -> dict[str, str]:
    """党员: the total is the sum of its parts (F38); without any, the way to import them (or who does, F33), unless there
    is no branch yet that could have members."""
    offers = can_import and not members.total
    return {
        "label": "党员",
        "value": f"{members.total:,}",
        "unit": f"男 {members.men:,} · 女 {members.women:,} · 未知 {members.unknown:,}",
        "note": "导入党员信息" if offers else "查看名单",
        "tone": "warn" if offers else "",
        "href": reverse("members:import" if offers else "members:list"),
    }


def meetings_card(meetings: MeetingFigures, today: date) -> dict[str, str]:
    """本月已开会议, and whose minutes are missing (F14); each of the two opens into its own list (F38)."""
    listed = reverse("meetings:list")
    return {
        "label": "本月已开会议",
        "value": f"{meetings.held:,}",
        "unit": f"进行中 {meetings.running:,}",
        "note": f"{meetings.late:,} 场待交纪要" if meetings.late else "纪要全部提交",
        "tone": "warn" if meetings.late else "",
        "href": f"{listed}?phase={Phase.CLOSED}&since={today.replace(day=1)}",
        "note_href": f"{listed}?phase={Phase.AWAITING_MINUTES}" if meetings.late else "",
    }


def total_card(organization: Organization, today: date) -> dict[str, str]:
    """The own total of the year, which opens into its formula (F04)."""
    formula = total_of(organization, year_code(today))
    return {
        "label": f"{formula.words.total}（{today.year} 年）",
        "value": f"{formula.total:,.2f}",
        "unit": "仅供参考",
        "note": "怎么算出来的",
        "tone": "",
        "href": reverse("points:organization", args=[organization.uuid]),
    }


def greeting(now: datetime) -> str:
    """上午好, 下午好, 晚上好 or 夜深了, by the clock of Shanghai."""
    if now.hour < 5:
        return "夜深了"
    if now.hour < 12:
        return "上午好"
    return "下午好" if now.hour < 18 else "晚上好"
