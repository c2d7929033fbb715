"""会议活动: the list; its export shows the same rows and columns."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse, reverse_lazy

from meetings.enums import Phase
from meetings.filters import MeetingFilter
from meetings.models import Meeting
from meetings.permissions import can_call
from meetings.queries.lists import late, with_counts
from meetings.queries.progress import when
from sanjin.common.exports import exportable
from sanjin.common.lists import Column, Empty
from sanjin.common.pages import ListPage

LATE_SHOWN = 5
NOT_HELD = {Phase.DRAFT, Phase.CANCELLED}


def _attendance(meeting: Meeting) -> str:
    came = "—" if meeting.phase in NOT_HELD else meeting.came
    return f"{came} / {meeting.asked}"


COLUMNS = (
    Column("title", "会议主题", fixed=True, template="meetings/cells/title.html"),
    Column("phase", "状态", value="phase.label", template="meetings/cells/phase.html"),
    Column("kind", "会议类型", value="get_kind_display"),
    Column("organization", "主办组织", value="organization.name"),
    Column("time", "时间", value=when, order=("starts_at",), template="meetings/cells/time.html"),
    Column("place", "地点"),
    Column("attendance", "到会 / 应到", value=_attendance, numeric=True),
)


@exportable
class MeetingList(ListPage):
    """What is held in the admin's scope; minutes that are due stand on top (F49)."""

    template_name = "meetings/list.html"
    key = "meetings"
    title = "会议活动"
    columns = COLUMNS
    filterset_class = MeetingFilter
    order = "-time"
    empty = Empty(
        "还没有会议",
        "召集后，这里显示会议的状态、签到情况和纪要。",
        reverse_lazy("meetings:call"),
        "召集会议",
    )

    def get_queryset(self) -> QuerySet[Meeting]:
        return Meeting.objects.visible_to(self.account)

    def read(self, rows: QuerySet[Meeting]) -> QuerySet[Meeting]:
        return with_counts(rows.select_related("organization"))

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        filtered = bool(self.request.GET.get("phase") or self.request.GET.get("page"))
        due = [] if filtered else list(late(self.account)[: LATE_SHOWN + 1])
        mine = {
            "due": due[:LATE_SHOWN],
            "more_due": len(due) > LATE_SHOWN,
            "awaiting": Phase.AWAITING_MINUTES.value,
            "may_call": can_call(self.account),
            "tools": "pages/_export.html",
            "export_url": reverse("meetings:export"),
        }
        return super().get_context_data(**(mine | context))
