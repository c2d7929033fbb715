"""An organisation's total with its real numbers; every number leads to the list behind it (F03, F04)."""

from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet, Value
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from members.models import Member
from organizations.enums import Nature
from organizations.models import Organization
from organizations.paths import subtree
from points.filters import period_choices
from points.models import Rollup
from points.periods import label, read_period, today, year_code
from points.queries.ranking import NOTICE, member_points
from points.queries.totals import Formula, total_of
from sanjin.common.exports import exportable
from sanjin.common.formats import average, score
from sanjin.common.lists import Column, Empty
from sanjin.common.pages import AdminPage, ListPage


def asked_period(request: HttpRequest) -> int:
    """The period of the address; this year if there is none or it is none."""
    return read_period(request.GET.get("period", "")) or year_code(today())


class Scoped:
    """`organization` from the address, or 404; `period` of the query string."""

    @cached_property
    def organization(self) -> Organization:
        return get_object_or_404(Organization.objects.visible_to(self.account), uuid=self.kwargs["uuid"])

    @cached_property
    def period(self) -> int:
        return asked_period(self.request)


def formula_context(organization: Organization, period: int) -> dict[str, Any]:
    formula = total_of(organization, period)
    return {
        "organization": organization,
        "uuid_text": str(organization.uuid),
        "period": period,
        "period_label": label(period),
        "formula": formula,
        "lines": lines_of(organization, period, formula),
        "notice": NOTICE,
    }


def lines_of(organization: Organization, period: int, formula: Formula) -> list[list[dict]]:
    """The formula as the component draws it: with its numbers, and the same worked out."""
    words = formula.words
    behind = f"{reverse('points:behind', args=[organization.uuid])}?period={period}"
    mine = (
        reverse("points:entries")
        + "?"
        + urlencode({"organization": organization.uuid, "own": "true", "period": period})
    )
    if not formula.inner_count:
        own = {"op": "", "label": words.own, "value": average(formula.own), "href": mine}
        total = {"op": "=", "label": words.total, "value": average(formula.total), "href": ""}
        return [
            [own, total],
            [{"op": "", "label": f"{words.nobody}，总积分就是{words.own}", "value": "", "href": ""}],
        ]
    return [
        [
            {"op": "", "label": words.own, "value": average(formula.own), "href": mine},
            {"op": "+", "label": words.inner, "value": average(formula.inner_sum), "href": behind},
            {"op": "÷", "label": words.number, "value": str(formula.inner_count), "href": behind},
        ],
        [
            {"op": "=", "label": "", "value": average(formula.own), "href": ""},
            {"op": "+", "label": "", "value": average(formula.quotient), "href": ""},
            {"op": "=", "label": words.total, "value": average(formula.total), "href": ""},
        ],
    ]


class FormulaPage(Scoped, AdminPage):
    """GET: the formula and what stands behind each number."""

    def get(self, request: HttpRequest, uuid: Any) -> HttpResponse:
        context = formula_context(self.organization, self.period)
        context |= {"title": f"{self.organization.name}的积分", "periods": period_choices()}
        return render(request, "points/organization.html", context)


class FormulaFragment(Scoped, AdminPage):
    """GET: the formula as a card, for pages of other apps."""

    def get(self, request: HttpRequest, uuid: Any) -> HttpResponse:
        return render(request, "points/_formula_card.html", formula_context(self.organization, self.period))


class Behind(Scoped, AdminPage):
    """GET: the list behind Σ and n: members of a branch, branches of any other."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        page = BehindBranch if self.organization.nature == Nature.BRANCH else BehindCommittee
        return page.as_view()(request, *args, **kwargs)


class BehindPage(Scoped, ListPage):
    template_name = "points/behind.html"
    export_name = ""

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        mine = formula_context(self.organization, self.period)
        mine |= {"tools": "pages/_export.html", "export_url": self.export_address()}
        return super().get_context_data(**(mine | context))

    def export_address(self) -> str:
        return reverse(self.export_name, args=[self.organization.uuid])


@exportable
class BehindBranch(BehindPage):
    """The branch's members with their points; those who don't count say why."""

    key = "points-members"
    title = "党员积分"
    personal = True
    export_name = "points:members_export"
    columns = (
        Column("name", "姓名", fixed=True),
        Column("kind", "人员类别", value="get_kind_display"),
        Column(
            "points",
            "积分",
            value=lambda row: score(row.points),
            numeric=True,
            template="points/cells/member_points.html",
        ),
        Column("counts", "是否计入", value=lambda row: counts_text(row)),
    )
    empty = Empty("还没有党员", "本支部导入党员后，这里显示每名党员的积分。")

    def get_queryset(self) -> QuerySet[Member]:
        return member_points(self.organization, self.period).annotate(period=Value(self.period))


@exportable
class BehindCommittee(BehindPage):
    """The active branches anywhere below, each with its own formula."""

    key = "points-branches"
    title = "支部总积分"
    export_name = "points:branches_export"
    columns = (
        Column(
            "name", "支部", value="organization.name", fixed=True, template="points/cells/organization.html"
        ),
        Column("own", "支部积分", value=lambda row: average(row.own), numeric=True),
        Column("mean", "党员人均", value=lambda row: average(row.total - row.own), numeric=True),
        Column("count", "计入党员", value="inner_count", numeric=True),
        Column("total", "总积分", value=lambda row: average(row.total), numeric=True),
    )
    empty = Empty("还没有支部", "下级支部计算出积分后显示在这里。")

    def get_queryset(self) -> QuerySet[Rollup]:
        rows = Rollup.objects.filter(
            subtree(self.organization.path, "organization__", itself=False),
            period=self.period,
            organization__state="active",
            organization__nature=Nature.BRANCH,
        )
        return rows.select_related("organization").order_by("-total", "organization__path")


def counts_text(row: Member) -> str:
    """Who is in Σ and n (rules.md §1), and why not."""
    if row.is_counted:
        return "计入"
    return f"不计入：{'使用智能手机不便' if row.exempt_since else row.get_state_display()}"
