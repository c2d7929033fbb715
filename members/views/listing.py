"""The list of members, the recycle bin, and their export."""

from dataclasses import replace
from typing import Any

from django.db.models import Count, F
from django.urls import reverse
from django.utils import timezone

from members.enums import MemberState, Sex
from members.filters import MemberFilter
from members.models import Member, MemberQuerySet
from members.permissions import can_assign_posts, can_keep_members
from members.queries.posts import prefetch_posts
from members.validators.account_name import years_before
from sanjin.common import formats
from sanjin.common.exports import exportable
from sanjin.common.lists import BatchAction, Column, Empty
from sanjin.common.masking import mask_id_number, mask_phone
from sanjin.common.pages import ListPage


def age_of(member: Member) -> int | None:
    """Full years today."""
    if member.birth_date is None:
        return None
    today = timezone.localdate()
    years = today.year - member.birth_date.year
    return years - (years_before(today, years) < member.birth_date)


COMPLETE = "齐全"


def missing_of(member: Member) -> str:
    """What makes a record 待完善, in words: 缺照片, or 齐全."""
    return f"缺{'、'.join(member.missing)}" if member.missing else COMPLETE


COLUMNS = (
    Column("name", "姓名", fixed=True, order=("name_key",), template="members/cells/name.html"),
    Column("organization", "所属支部", value="branch"),
    Column("sex", "性别", value="get_sex_display"),
    Column("age", "年龄", value=age_of, order=("birth_date",), numeric=True),
    Column("kind", "人员类别", value="get_kind_display"),
    Column("posts", "职务", value=lambda m: "、".join(p.post.name for p in m.current_posts)),
    Column("phone", "手机号码", value=lambda m: mask_phone(m.phone)),
    Column("id_number", "公民身份号码", value=lambda m: mask_id_number(m.id_number)),
    Column("joined_on", "入党日期", value=lambda m: formats.day(m.joined_on), order=("joined_on",)),
    Column("missing", "资料", value=missing_of, template="members/cells/missing.html"),
    Column("state", "党籍状态", value="get_state_display", shown=False),
    Column("full_on", "转正日期", value=lambda m: formats.day(m.full_on), order=("full_on",), shown=False),
    Column("ethnicity", "民族", shown=False),
    Column("education", "学历", shown=False),
    Column("occupation", "工作岗位", shown=False),
)

# What the columns show; the other half of a member's columns stays in the database.
READ = """uuid name name_key sex birth_date kind state joined_on full_on ethnicity education occupation photo pledged_on
phone_sealed id_number_sealed""".split()  # noqa: SIM905  a line of names reads better


@exportable
class MemberList(ListPage):
    """Members of the account's scope. Numbers are masked, in the export too."""

    template_name = "members/list.html"
    key = "members"
    title = "党员名册"
    filterset_class = MemberFilter
    order = "name"
    personal = True

    def get_queryset(self) -> MemberQuerySet:
        return Member.objects.visible_to(self.account).present()

    def read(self, rows: MemberQuerySet) -> MemberQuerySet:
        return rows.only(*READ).annotate(branch=F("organization__name")).prefetch_related(prefetch_posts())

    @property
    def columns(self) -> tuple[Column, ...]:
        """In a branch's own list the branch is the same in each row."""
        if self.account.seat.is_branch:
            return tuple(replace(c, shown=False) if c.key == "organization" else c for c in COLUMNS)
        return COLUMNS

    @property
    def batch(self) -> tuple[BatchAction, ...]:
        actions: list[BatchAction] = []
        if can_assign_posts(self.account):
            actions.append(BatchAction("任命职务", reverse("members:assign-selected")))
        if can_keep_members(self.account):
            slips = reverse("members:slips")
            confirm = "将为选中的 {n} 名党员各生成一个一次性口令，之前打印的口令随即作废。"
            actions.append(BatchAction("打印登录口令条", slips, confirm=confirm))
        return tuple(actions)

    @property
    def empty(self) -> Empty:
        if self.request.GET:
            return Empty("没有符合条件的党员", "可以放宽上方的筛选条件后再查询。")
        if can_keep_members(self.account):
            text = "从全国党员管理信息系统的导出表导入，或逐个添加。"
            return Empty("本支部还没有党员", text, reverse("members:import"), "导入党员")
        return Empty("还没有党员", "各支部管理员导入党员后，这里显示本组织和下级支部的全部党员。")

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        mine = {
            "keeper": can_keep_members(self.account),
            "parts": self.parts(),
            "incomplete": self.request.GET.get("complete") == "no",
            "tools": "members/_list_tools.html",
        }
        return super().get_context_data(**(mine | context))

    def parts(self) -> list[dict[str, Any]] | None:
        """F38: 男, 女, 未知 of the rows listed, each with its list; their sum is the count of the list. None for more
        rows than a page counts exactly."""
        listing = self.listing
        if listing.page.paginator.capped:
            return None
        rows = listing.queryset.order_by().values_list("sex").annotate(Count("pk"))
        counts = dict(rows)
        return [
            {"label": label, "count": counts.get(sex, 0), "href": listing.href(sex=sex, page=None)}
            for sex, label in Sex.choices
        ]


class RecycleBin(ListPage):
    """What was moved away, to be restored (F43)."""

    template_name = "members/bin.html"
    key = "members-bin"
    title = "回收站"
    order = "name"
    columns = (
        Column("name", "姓名", fixed=True, order=("name_key",), template="members/cells/name.html"),
        Column("organization", "所属支部", value="organization.name"),
        Column("id_number", "公民身份号码", value=lambda m: mask_id_number(m.id_number)),
        Column(
            "recycled_at", "移入时间", value=lambda m: formats.moment(m.recycled_at), order=("recycled_at",)
        ),
    )
    empty = Empty("回收站是空的", "移入回收站的党员会显示在这里，可以恢复。")

    def get_queryset(self) -> MemberQuerySet:
        return Member.objects.visible_to(self.account).filter(state=MemberState.RECYCLED)

    def read(self, rows: MemberQuerySet) -> MemberQuerySet:
        return rows.select_related("organization")
