"""Import of members: template, upload, check, confirm (F29–F33)."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from accounts.enums import Role
from accounts.models import Account
from members.enums import CHECK, IMPORT
from members.forms import ImportForm, SplitForm
from members.member_sheet import SPEC
from members.permissions import can_keep_members
from members.queries.parts import waiting_part
from members.views.splitting import WHY, refused_import
from sanjin.common.answers import workbook
from sanjin.common.imports.page import ImportResult
from sanjin.common.jobs import follow_job, start_job
from sanjin.common.masking import mask_numbers
from sanjin.common.models import Job
from sanjin.common.pages import ActionPage, AdminPage
from sanjin.common.xlsx import write_template


class ImportPage(ActionPage):
    """The branch admin uploads; anybody above sees why it can't, and how far its branches are (F33)."""

    template_name = "members/import.html"
    title = "导入党员"
    submit_label = "上传并检查"
    form_class = ImportForm

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return super().get(request) if can_keep_members(self.account) else self.refused()

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return super().post(request) if can_keep_members(self.account) else self.refused(403)

    def refused(self, status: int = 200) -> HttpResponse:
        context = {"title": self.title, "form": SplitForm()} | refused_import(self.account)
        return render(self.request, "members/import_refused.html", context, status=status)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        recent = Job.objects.visible_to(self.account).filter(kind=IMPORT).order_by("-pk")[:5]
        part = waiting_part(self.account)
        what = f"上级“{part.sender.name}”下发的名册 {part.rows} 行，待导入。" if part else ""
        return super().get_context_data(recent=recent, spec=SPEC, part=part, part_what=what, **context)

    def act(self, form: ImportForm) -> None:
        file = form.cleaned_data["file"]
        title = f"检查党员信息：{mask_numbers(file.name)}"[:120]
        self.job = start_job(CHECK, title=title, actor=self.account, upload=file)

    def get_success_url(self) -> str:
        return reverse("members:import-result", args=[self.job.uuid])


class TemplatePage(AdminPage):
    """The empty workbook; anybody may look at it, since committees hand it out (F32)."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return workbook(write_template(SPEC), "党员信息导入模板")


class ResultPage(ImportResult):
    """What a check or an import of members found."""

    template_name = "members/import_result.html"
    check_kind, import_kind, param = CHECK, IMPORT, "check"
    route, upload_route = "members:import-result", "members:import"
    named = True
    roles = (Role.BRANCH_ADMIN,)
    refusal = WHY

    def start(self, check: Job) -> Job:
        title = f"导入{check.title.removeprefix('检查')}"
        return follow_job(check, IMPORT, param=self.param, title=title, actor=self.account)

    def confirmation(self, check: Job) -> str:
        """Who goes into which branch."""
        first, good = check.report["first"], check.report["good"]
        more = f"等 {good} 名党员" if good > len(first) else f"共 {good} 名党员"
        doubt = "表中“所在党支部”与本支部名称不同，请先核对。" if check.report["unknown_branches"] else ""
        return f"将把{'、'.join(first)}{more}导入“{self.account.seat.name}”。{doubt}"

    def get_context_data(self) -> dict[str, Any]:
        unknown = "、".join(f"“{text}”" for text in self.job.report.get("unknown_branches", ()))
        return super().get_context_data() | {"branch": self.account.seat, "unknown": unknown}


def own_job(account: Account, uuid: UUID) -> Job:
    """A check or an import of the account's own, else 404."""
    return get_object_or_404(ResultPage.jobs_of(account), uuid=uuid)
