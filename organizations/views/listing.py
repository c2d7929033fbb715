"""The list of organisations, beside the tree; and the recycle bin."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse, reverse_lazy

from organizations.enums import OrganizationState
from organizations.filters import OrganizationFilter
from organizations.models import Organization
from organizations.permissions import leads_structure, structure_below
from organizations.queries import kept_in_words, restorable_until, with_parent_name
from sanjin.common.exports import exportable
from sanjin.common.formats import day, moment
from sanjin.common.lists import Column, Empty
from sanjin.common.pages import ListPage


@exportable
class OrganizationList(ListPage):
    """Organisations in scope; `?organization=<uuid>` (the tree's links) narrows to one subtree."""

    template_name = "organizations/list.html"
    key = "organizations"
    title = "组织管理"
    filterset_class = OrganizationFilter
    columns = (
        Column("name", "组织名称", fixed=True, order=("search",), template="organizations/cells/name.html"),
        Column("nature", "部门性质", value="get_nature_display", order=("nature",)),
        Column("type", "部门类型", value="type.name", order=("type__order",)),
        Column("parent", "上级组织", value="parent_name"),
        Column("term_ends_on", "届满日期", value=lambda row: day(row.term_ends_on), order=("term_ends_on",)),
        Column("state", "状态", value="get_state_display", template="organizations/cells/state.html"),
        Column(
            "founded_on",
            "成立日期",
            value=lambda row: day(row.founded_on),
            order=("founded_on",),
            shown=False,
        ),
        Column("phone", "联系电话", shown=False),
        Column("address", "地址", shown=False),
    )
    empty = Empty(
        "没有符合条件的组织",
        "可以放宽筛选条件，或在左侧的组织树里选择上级。下级组织可以逐个新建，也可以用工作簿一次导入。",
    )

    def get_queryset(self) -> QuerySet:
        rows = Organization.objects.visible_to(self.account).exclude(state=OrganizationState.RECYCLED)
        return rows.order_by("path")

    def read(self, rows: QuerySet) -> QuerySet:
        return with_parent_name(rows.select_related("type"))

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        mine = {
            "export_url": reverse("organizations:export"),
            "tools": "pages/_export.html",
            "leads": leads_structure(self.account),
            "kept_for": kept_in_words(),
        }
        return super().get_context_data(**(mine | context))


class RecycleBin(ListPage):
    """What was deleted, until when it can be restored (F43)."""

    template_name = "organizations/recycled.html"
    key = "organizations-recycled"
    title = "组织回收站"
    columns = (
        Column("name", "组织名称", fixed=True, template="organizations/cells/name.html"),
        Column("nature", "部门性质", value="get_nature_display"),
        Column("parent", "原上级组织", value="parent_name"),
        Column("recycled_at", "删除时间", value=lambda row: moment(row.recycled_at), order=("recycled_at",)),
        Column("until", "可恢复至", value=lambda row: day(restorable_until(row))),
        Column("restore", "操作", value=lambda row: "", template="organizations/cells/restore.html"),
    )
    empty = Empty(
        "回收站是空的",
        f"删除的组织会出现在这里，{kept_in_words()}内可以恢复。",
        reverse_lazy("organizations:list"),
        "返回组织管理",
    )

    def get_queryset(self) -> QuerySet:
        rows = Organization.objects.visible_to(self.account).filter(state=OrganizationState.RECYCLED)
        return rows.filter(structure_below(self.account)).order_by("-recycled_at")

    def read(self, rows: QuerySet) -> QuerySet:
        return with_parent_name(rows)
