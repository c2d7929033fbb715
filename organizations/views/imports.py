"""Bringing in the structure from a workbook: template, upload, preview with every bad row named, confirm."""

from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from organizations import jobs
from organizations.actions.guards import must_lead_structure
from organizations.forms import UploadForm
from organizations.structure_sheet import spec
from sanjin.common.answers import workbook
from sanjin.common.errors import RuleError
from sanjin.common.imports.page import ImportResult
from sanjin.common.jobs import follow_job, start_job
from sanjin.common.masking import mask_numbers
from sanjin.common.models import Job
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
        return reverse("organizations:import_preview", args=[self.job.uuid])

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        recent = Job.objects.visible_to(self.account).filter(kind=jobs.IMPORT).order_by("-pk")[:5]
        mine = {"own": self.account.seat, "recent": recent}
        return super().get_context_data(**(mine | context))


class Template(CommitteeOnly):
    """GET: the template, with the types of today."""

    def get(self, request: HttpRequest) -> HttpResponse:
        sheet = spec()
        return workbook(write_template(sheet), sheet.title)


class ImportPreview(ImportResult, CommitteeOnly):
    """GET: what the checked workbook would bring, or what its import brought. POST: import its good rows, by a job."""

    template_name = "organizations/import_result.html"
    check_kind, import_kind, param = jobs.PREVIEW, jobs.IMPORT, "preview"
    route, upload_route = "organizations:import_preview", "organizations:import"

    def start(self, check: Job) -> Job:
        if not check.input:
            raise RuleError("upload_gone", "上传的文件已过保存期，请重新上传后再导入。", status=409)
        title = check.title.replace("检查", "导入", 1)
        with check.input.open("rb") as file:
            return follow_job(
                check,
                jobs.IMPORT,
                param=self.param,
                title=title,
                actor=self.account,
                organization=self.account.seat,
                upload=file,
            )

    def confirmation(self, check: Job) -> str:
        """How many organisations, and that they stand at once."""
        return f"将在“{self.account.seat.name}”及其下级新建 {check.report['good']} 个组织，导入后立即生效。"
