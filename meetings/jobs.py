"""What the worker does for meetings: export the list as the admin filtered it."""

from types import SimpleNamespace

from django.http import QueryDict

from meetings.columns import COLUMNS
from meetings.filters import MeetingFilter
from meetings.queries.lists import for_admin, with_counts
from sanjin.common.errors import RuleError
from sanjin.common.jobs import JobHandle
from sanjin.common.xlsx import write_rows

EXPORT = "meetings.export"


def export_meetings(job: JobHandle) -> None:
    """Params: `query`, the list's own address query. Repeatable: it only reads."""
    request = SimpleNamespace(user=job.actor, GET=QueryDict(job.params["query"]))
    filtered = MeetingFilter(request.GET, queryset=with_counts(for_admin(job.actor)), request=request)
    if not filtered.is_valid():
        raise RuleError("bad_filter", "筛选条件无法识别，没有导出。请回到列表重新筛选后再导出。")
    total = filtered.qs.count()
    job.progress(0, total)
    file = write_rows([column.label for column in COLUMNS], _rows(job, filtered.qs, total), title="会议活动")
    job.report({"counts": [["会议", total]]})
    job.attach_result("会议活动.xlsx", file)


def _rows(job: JobHandle, meetings, total: int):
    for done, meeting in enumerate(meetings.order_by("-starts_at", "-pk").iterator(chunk_size=500), 1):
        job.progress(done, max(done, total))
        yield [column.of(meeting) for column in COLUMNS]
