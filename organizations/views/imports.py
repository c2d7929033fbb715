"""Bringing in the structure from a workbook: template, upload, preview with every bad row named, confirm."""

from typing import Any

from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from organizations import jobs
from organizations.actions.guards import must_lead_structure
from organizations.forms import UploadForm
from organizations.structure_sheet import spec
from sanjin.common.answers import workbook
from sanjin.common.errors import RuleError
from sanjin.common.jobs import follow_job, start_job
from sanjin.common.masking import mask_numbers
from sanjin.common.models import Job, JobState
from sanjin.common.pages import ActionPage, AdminPage
from sanjin.common.xlsx import write_template


class CommitteeOnly(AdminPage):
    """Structure is a committee's: others learn who does it."""

    def guard(self) -> None:
        must_lead_structure(self.account)


class ImportPage(CommitteeOnly, ActionPage):
    """GET: what to do. POST: the workbook is checked by a job; nothing is imported before it is confirmed."""

    template_name = "organizations/import.html"
    title = "导入组织架构"
    submit_label = "上传并检查"
    form_class = UploadForm

    def act(self, form: BaseForm) -> None:
        file = form.cleaned_data["file"]
        own = self.account.seat
        title = f"检查组织架构：{mask_numbers(file.name)}"[:120]
        self.job = start_job(jobs.PREVIEW, title=title, actor=self.account, organization=own, upload=file)

    def get_success_url(self) -> str:
        return reverse("jobs:detail", args=[self.job.uuid])

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        mine = {"cancel_url": reverse("organizations:list"), "own": self.account.seat}
        return super().get_context_data(**(mine | context))


class Template(CommitteeOnly):
    """GET: the template, with the types of today."""

    def get(self, request: HttpRequest) -> HttpResponse:
        sheet = spec()
        return workbook(write_template(sheet), sheet.title)


class ImportPreview(CommitteeOnly):
    """GET: what the checked workbook would bring. POST: import its good rows, by a job."""

    def _job(self) -> Job:
        mine = Job.objects.visible_to(self.account).filter(kind=jobs.PREVIEW, state=JobState.DONE)
        return get_object_or_404(mine, uuid=self.kwargs["uuid"])

    def get(self, request: HttpRequest, uuid: Any) -> HttpResponse:
        job = self._job()
        report = job.report
        context = {
            "title": "预览导入的组织",
            "menu": "organizations",
            "job": job,
            "good": report.get("good", 0),
            "rows": report.get("rows", []),
            "counts": report.get("counts", []),
            "bad": job.failed,
            "note": report.get("note", ""),
        }
        return render(request, "organizations/import_preview.html", context)

    def post(self, request: HttpRequest, uuid: Any) -> HttpResponse:
        checked = self._job()
        if not checked.input:
            raise RuleError("upload_gone", "上传的文件已过保存期，请重新上传后再导入。", status=409)
        if not checked.report.get("good"):
            raise Http404
        with checked.input.open("rb") as file:
            job = follow_job(
                checked,
                jobs.IMPORT,
                param="preview",
                title=checked.title.replace("检查", "导入", 1),
                actor=self.account,
                organization=self.account.seat,
                upload=file,
            )
        return redirect("jobs:detail", job.uuid)
