"""会议活动: the list, and its export."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse_lazy

from meetings.columns import COLUMNS
from meetings.enums import Phase
from meetings.filters import MeetingFilter
from meetings.permissions import can_call
from meetings.queries.lists import for_admin, late, with_counts
from sanjin.common.jobs import start_job
from sanjin.common.lists import Empty
from sanjin.common.pages import AdminPage, ListPage

LATE_SHOWN = 5


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
        "发起后，这里显示会议的状态、签到情况和纪要。",
        reverse_lazy("meetings:call"),
        "召集会议",
    )

    def get_queryset(self):
        return with_counts(for_admin(self.account))

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        filtered = bool(self.request.GET.get("phase") or self.request.GET.get("page"))
        due = [] if filtered else list(late(self.account)[: LATE_SHOWN + 1])
        mine = {
            "due": due[:LATE_SHOWN],
            "more_due": len(due) > LATE_SHOWN,
            "awaiting": Phase.AWAITING_MINUTES.value,
            "may_call": can_call(self.account),
            "with_tree": not self.account.organization.is_branch,
            "export_query": self.request.GET.urlencode(),
        }
        return super().get_context_data(**(mine | context))


class ExportMeetings(AdminPage):
    """POST: a job that writes the filtered list as a workbook."""

    http_method_names = ["post"]

    def post(self, request) -> HttpResponse:
        job = start_job(
            "meetings.export",
            title="导出会议活动",
            actor=self.account,
            params={"query": request.GET.urlencode()[:2000]},
        )
        return redirect("jobs:detail", job.uuid)
