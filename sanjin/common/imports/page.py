"""What came of an upload, and the button that imports its good rows."""

from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from sanjin.common.answers import redraw
from sanjin.common.errors import RuleError
from sanjin.common.jobs.queries import follower_of, result_address
from sanjin.common.models import Job, JobState
from sanjin.common.pages import AdminPage

from .counts import THERE


class ImportResult(AdminPage):
    """What a check, or the import that follows it, found. The check's page has the button that imports its good rows."""

    template_name = ""
    check_kind, import_kind = "", ""
    param = ""  # of the import's job: names its check
    route = ""  # of this page
    upload_route = ""
    named = False  # each row is a person's

    @classmethod
    def jobs_of(cls, account: Any) -> QuerySet[Job]:
        """Those that the account may look at here: its own."""
        kinds = (cls.check_kind, cls.import_kind)
        return Job.objects.visible_to(account).filter(kind__in=kinds)

    @cached_property
    def job(self) -> Job:
        return get_object_or_404(self.jobs_of(self.account), uuid=self.kwargs["uuid"])

    @property
    def checking(self) -> bool:
        return self.job.kind == self.check_kind

    def get(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        job = self.job
        if request.htmx:
            return progress(request, job) if job.unfinished else redraw()
        if not job.unfinished:
            Job.objects.filter(pk=job.pk, seen=False).update(seen=True)
        return render(request, self.template_name, self.get_context_data())

    def post(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        """Import the good rows of a finished check; once, however often the button is pressed."""
        check = self.job
        if not self.checking or check.state != JobState.DONE or not check.report.get("good"):
            raise RuleError("nothing_to_import", "没有可以导入的行。请改正文件后重新上传。", status=409)
        return redirect(self.route, self.start(check).uuid)

    def start(self, check: Job) -> Job:
        """The job that imports what `check` found."""
        raise NotImplementedError

    def confirmation(self, check: Job) -> str:
        """What the button asks: how many of what go where."""
        raise NotImplementedError

    def get_context_data(self) -> dict[str, Any]:
        job, report = self.job, self.job.report
        # what was uploaded is gone after a day: then nothing can be imported from it
        good = report.get("good") if self.checking and job.input else 0
        work = follower_of(job, self.import_kind, param=self.param) if self.checking else None
        return {
            "title": "检查结果" if self.checking else "导入结果",
            "job": job,
            "running": job.unfinished,
            "checking": self.checking,
            "upload": reverse(self.upload_route),
            "named": self.named,
            "there": sum(count for label, count in report.get("counts", ()) if label == THERE),
            "good": good,
            "confirm_label": f"确认导入 {good} 行",
            "confirm_text": f"{self.confirmation(job)}{rest(report)}" if good else "",
            "result_href": result_address(job) if job.result else "",
            "work_href": reverse(self.route, args=[work.uuid]) if work else "",
        }


def rest(report: dict[str, Any]) -> str:
    """What becomes of the rows that aren't imported; "" if there are none."""
    return "需要改正的行不导入，可以改正后再上传。" if report.get("errors") else ""


def progress(request: HttpRequest, job: Job) -> HttpResponse:
    """The part of a page that follows its job."""
    return render(request, "pages/_job_progress.html", {"job": job})
