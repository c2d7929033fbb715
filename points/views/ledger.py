"""What was paid and what was refused in the organisations of the scope, with filters and export."""

from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.urls import reverse

from members.models import Member
from points.enums import SubjectKind
from points.filters import EntryFilter, RefusalFilter
from points.models import PointEntry, PointRefusal
from sanjin.common.exports import exportable
from sanjin.common.formats import day, moment, score
from sanjin.common.lists import Column, Empty
from sanjin.common.pages import ListPage


def named(rows: QuerySet) -> QuerySet:
    """Each row with `who`: the member's name, or the organisation's."""
    member = Member.objects.filter(pk=OuterRef("subject_id")).values("name")
    return rows.select_related("rule", "organization").annotate(member_name=Subquery(member))


def who(row: PointEntry | PointRefusal) -> str:
    return row.member_name or "" if row.subject_kind == SubjectKind.MEMBER else row.organization.name


class LedgerPage(ListPage):
    template_name = "points/ledger.html"
    personal = True
    export_name = ""
    tab = ""

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        mine = {"tab": self.tab, "tools": "pages/_export.html", "export_url": reverse(self.export_name)}
        return super().get_context_data(**(mine | context))


@exportable
class Entries(LedgerPage):
    """Paid acts."""

    key = "points-entries"
    title = "积分明细"
    tab = "entries"
    export_name = "points:entries_export"
    filterset_class = EntryFilter
    columns = (
        Column("who", "党员或组织", value=who, fixed=True),
        Column("title", "事项"),
        Column("rule", "规则", value="rule.name"),
        Column("points", "积分", value=lambda row: score(row.points), numeric=True),
        Column("acted_on", "行为日期", value=lambda row: day(row.acted_on)),
        Column("note", "说明"),
        Column("organization", "当时所在组织", value="organization.name"),
        Column("created_at", "记账时间", value=lambda row: moment(row.created_at), shown=False),
    )
    empty = Empty("还没有积分明细", "会议提交纪要、党员完成学习等行为取得积分后，逐笔显示在这里。")

    def get_queryset(self) -> QuerySet[PointEntry]:
        return named(PointEntry.objects.visible_to(self.account)).order_by("-id")


@exportable
class Refusals(LedgerPage):
    """What earned nothing, and why."""

    key = "points-refusals"
    title = "未积分记录"
    tab = "refusals"
    export_name = "points:refusals_export"
    filterset_class = RefusalFilter
    columns = (
        Column("who", "党员或组织", value=who, fixed=True),
        Column("title", "最近一次事项"),
        Column("rule", "规则", value="rule.name"),
        Column("note", "未积分原因"),
        Column("count", "次数", numeric=True),
        Column("acted_on", "行为日期", value=lambda row: day(row.acted_on)),
        Column("organization", "当时所在组织", value="organization.name"),
    )
    empty = Empty("没有未积分的记录", "超过上限、迟到等没有取得积分的行为，连同原因显示在这里。")

    def get_queryset(self) -> QuerySet[PointRefusal]:
        return named(PointRefusal.objects.visible_to(self.account)).order_by("-updated_at", "-id")
