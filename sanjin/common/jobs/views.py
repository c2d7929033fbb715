"""Pages of jobs. Everybody sees only what they started themselves."""

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from sanjin.common.answers import STOP_POLLING
from sanjin.common.formats import moment
from sanjin.common.lists import Column, Empty
from sanjin.common.models import Job, JobState
from sanjin.common.pages import AdminPage, ListPage

from .actions import cancel_job, note_download
from .files import kept_for
from .queries import address_holds, result_address
from .registry import upload_page_of

TONES = {
    JobState.WAITING: "neutral",
    JobState.RUNNING: "info",
    JobState.DONE: "good",
    JobState.FAILED: "bad",
    JobState.CANCELLED: "warn",
}
ERRORS_SHOWN = 200


class JobList(ListPage):
    """The jobs of this account, the newest first."""

    key = "jobs"
    title = "我的任务"
    columns = (
        Column("title", "任务", fixed=True, template="jobs/cells/title.html"),
        Column("state", "状态", template="jobs/cells/state.html"),
        Column("done", "已处理", value="done", numeric=True),
        Column("failed", "有误", value="failed", numeric=True),
        Column("created_at", "开始", value=lambda job: moment(job.created_at)),
        Column("finished_at", "结束", value=lambda job: job.finished_at and moment(job.finished_at)),
    )
    empty = Empty("还没有任务", "导入、导出、生成账号等较长的工作会列在这里，刷新或关闭页面不影响它们。")

    def get_queryset(self) -> QuerySet:
        return Job.objects.visible_to(self.account).order_by("-id")


class JobPage(AdminPage):
    """Progress and outcome of one job; the part that changes asks for itself once a second."""

    @cached_property
    def job(self) -> Job:
        return get_object_or_404(Job.objects.visible_to(self.account), uuid=self.kwargs["uuid"])

    def get(self, request: HttpRequest, uuid: Any) -> HttpResponse:
        job = self.job
        ended = job.finished_at is not None
        if ended and not job.seen:
            Job.objects.filter(pk=job.pk).update(seen=True)
        context = state_context(job) | {"title": job.title, "menu": "workbench", "kept_for": kept_for()}
        if request.htmx:
            return render(request, "jobs/_state.html", context, status=STOP_POLLING if ended else 200)
        return render(request, "jobs/detail.html", context)


class CancelJob(JobPage):
    """POST: ask the job to stop."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, uuid: Any) -> HttpResponse:
        cancel_job(self.job, actor=self.account)
        messages.success(request, "已要求停止。进行到一半的内容不会保存。")
        return redirect("jobs:detail", uuid)


class JobResult(JobPage):
    """GET: the result file, as a download, by a short-lived address."""

    def get(self, request: HttpRequest, uuid: Any, token: str) -> HttpResponse:
        job = self.job
        if not address_holds(job, token):
            messages.info(request, "下载地址已过期，请在本页重新点击下载。")
            return redirect("jobs:detail", uuid)
        if not job.result:
            raise Http404
        note_download(job, actor=self.account)
        response = FileResponse(job.result.open("rb"), as_attachment=True, filename=job.result_name)
        response["X-Content-Type-Options"] = "nosniff"
        response["Cache-Control"] = "private, no-store"
        return response


def state_context(job: Job) -> dict[str, Any]:
    """What `jobs/_state.html` needs; other pages that show a job may use it too."""
    errors = job.report.get("errors", [])
    return {
        "job": job,
        "tone": TONES[JobState(job.state)],
        "running": job.unfinished,
        "counts": job.report.get("counts", []),
        "errors": errors[:ERRORS_SHOWN],
        "errors_total": job.report.get("errors_total", len(errors)),
        "note": job.report.get("note", ""),
        "next": job.report.get("next") if job.state == JobState.DONE else None,
        "again": upload_page_of(job.kind) if job.finished_at and not job.report.get("next") else "",
        "result_href": result_address(job) if job.result else "",
    }
