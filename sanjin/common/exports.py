"""Every list exports to Excel: the same filter and the same columns as the page, as a job.

    @exportable
    class MemberList(ListPage): personal = True; …
    path("export/", ExportPage.as_view(page_class=MemberList), name="export")

The page's button posts to that address with the list's own query string (`templates/pages/_export.html`).
"""

from importlib import import_module
from typing import Any, TypeVar
from uuid import UUID, uuid4

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect

from sanjin.common import jobs
from sanjin.common.audit import audited
from sanjin.common.errors import RuleError
from sanjin.common.lists import Column
from sanjin.common.models import Job
from sanjin.common.pages import AdminPage, ListPage
from sanjin.common.sealing import seal, unseal
from sanjin.common.xlsx import write_rows

KIND = "list.export"
QUERY = "job.query"
CHUNK = 1000

Page = TypeVar("Page", bound=type[ListPage])
_pages: dict[str, type[ListPage]] = {}


def exportable(page: Page) -> Page:
    """Class decorator: the job finds the page by its `key`."""
    _pages[page.key] = page
    return page


class ExportPage(AdminPage):
    """POST: start the export of `page_class` for the rows and columns of the query string, go to the job's page.

    Input: `reason` (needed when the list holds personal data and more than EXPORT_REASON_ABOVE rows: threats.md).
    """

    http_method_names = ["post"]
    page_class: type[ListPage] = ListPage

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.roles, self.refusal = self.page_class.roles, self.page_class.refusal
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        page = self.page_class()
        request.exporting = True  # a filter may look at no more rows than a list shows; an export wants all
        page.setup(request, *args, **kwargs)
        job = start_export(
            page, actor=request.user, reason=request.POST.get("reason", "").replace("\0", "").strip()[:200]
        )
        return redirect("jobs:detail", job.uuid)


def start_export(page: ListPage, *, actor: Any, reason: str = "") -> Job:
    """Start writing what `page` lists now. RuleError: `reason_needed` (400), `nothing_to_export`, `too_many_rows` (409), `too_many_jobs`
    (429)."""
    count = _count(page)
    if page.personal and count > settings.EXPORT_REASON_ABOVE and not reason:
        raise RuleError(
            "reason_needed",
            f"没有导出，因为这 {count} 条记录含个人信息，超过 {settings.EXPORT_REASON_ABOVE} 条须说明用途。"
            "请填写用途后再导出，用途会记入日志。",
            field="reason",
        )
    params = {
        "page": page.key,
        "query": _sealed(page.request.GET.urlencode()),
        "columns": [column.key for column in page.listing.columns],
        "kwargs": {name: str(value) for name, value in page.kwargs.items()},
    }
    with audited(
        "list.exported",
        actor=actor,
        organization=actor.organization_id,
        reason=reason,
        list=page.key,
        count=count,
    ):
        return jobs.start_job(KIND, title=f"导出{page.title}", actor=actor, params=params)


def _count(page: ListPage) -> int:
    most = settings.EXPORT_MAX_ROWS
    count = page.listing.queryset.order_by()[: most + 1].count()
    if not count:
        raise RuleError("nothing_to_export", "列表里没有可导出的记录。请放宽筛选条件后再导出。", status=409)
    if count > most:
        raise RuleError(
            "too_many_rows",
            f"没有导出，因为符合条件的记录超过 {most:,} 条，一张表格放不下。请先按组织、日期等条件筛选，再分批导出。",
            status=409,
        )
    return count


def _sealed(query: str) -> list[str]:
    """What people search by is often a number of somebody: the job keeps it sealed. [uuid of the seal, hex]"""
    key = uuid4()
    return [str(key), seal(query, label=QUERY, uuid=key).hex()]


def _opened(kept: list[str]) -> str:
    return unseal(bytes.fromhex(kept[1]), label=QUERY, uuid=UUID(kept[0]))


def export_list(job: jobs.JobHandle) -> None:
    """The runner: builds the page again for its owner, so the scope is the owner's at this moment."""
    page = _rebuilt(job)
    total = _count(page)  # it may have grown since
    rows = page.listing.read(page.listing.queryset)
    columns = [column for column in page.columns if column.key in job.params["columns"]]

    def lines():
        for number, row in enumerate(rows.iterator(chunk_size=CHUNK), 1):
            if number % 100 == 0:
                job.progress(number, total)
            yield [cell(column, row) for column in columns]

    with write_rows([column.label for column in columns], lines(), title=page.title) as file:
        job.attach_result(f"{page.title}.xlsx", file.read())
    job.progress(total, total)
    job.report({"counts": [["导出", total]]})


def _rebuilt(job: jobs.JobHandle) -> ListPage:
    import_module(settings.ROOT_URLCONF)  # a worker has served no page yet: this registers them all
    request = HttpRequest()
    request.method, request.user, request.session = "GET", job.actor, {}
    request.exporting = True
    request.GET = QueryDict(_opened(job.params["query"]))
    page = _pages[job.params["page"]]()
    page.setup(request, **job.params["kwargs"])
    return page


def cell(column: Column, row: Any) -> Any:
    """The value of a cell as Excel may have it: numbers and dates as such, anything else as text."""
    value = column.of(row)
    if value is None or isinstance(value, (int, float, str)) or hasattr(value, "isoformat"):
        return value
    return str(value)
