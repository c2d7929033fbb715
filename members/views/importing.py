"""Import of members: template, upload, check, confirm (F29–F33)."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from accounts.enums import Role
from accounts.models import Account
from members.enums import CHECK, IMPORT
from members.forms import ImportForm, SplitForm
from members.member_sheet import SPEC
from members.permissions import can_keep_members
from members.queries.parts import waiting_part
from members.views.splitting import WHY, refused_import
from sanjin.common.answers import redraw, workbook
from sanjin.common.errors import RuleError
from sanjin.common.jobs import follow_job, start_job
from sanjin.common.jobs.queries import follower_of, result_address
from sanjin.common.masking import mask_numbers
from sanjin.common.models import Job, JobState
from sanjin.common.pages import ActionPage, AdminPage
from sanjin.common.xlsx import check_upload, write_template


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
        what = f"上级【{part.sender.name}】下发的名册{part.rows}行，待导入。" if part else ""
        return super().get_context_data(recent=recent, spec=SPEC, part=part, part_what=what, **context)

    def act(self, form: ImportForm) -> None:
        file = form.cleaned_data["file"]
        check_upload(file)
        self.job = start_job(
            CHECK, title=f"检查 {mask_numbers(file.name)[:80]}", actor=self.account, upload=file
        )

    def get_success_url(self) -> str:
        return reverse("members:import-result", args=[self.job.uuid])


class TemplatePage(AdminPage):
    """The empty workbook; anybody may look at it, since committees hand it out (F32)."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return workbook(write_template(SPEC), "党员信息导入模板")


class ResultPage(AdminPage):
    """What a check or an import found. A check's page has the button that imports its good rows."""

    roles = (Role.BRANCH_ADMIN,)
    refusal = WHY

    def get(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        job = own_job(self.account, uuid)
        running = job.unfinished
        if request.htmx:
            return progress(request, job) if running else redraw()
        if not running:
            Job.objects.filter(pk=job.pk, seen=False).update(seen=True)
        good = job.report.get("good")
        context = {
            "title": "检查结果" if job.kind == CHECK else "导入结果",
            "job": job,
            "running": running,
            "checking": job.kind == CHECK,
            "branch": self.account.seat,
            "unknown": "、".join(f"“{text}”" for text in job.report.get("unknown_branches", ())),
            "confirm_label": f"确认导入 {good} 行",
            "confirm_text": confirmation(job, self.account) if good else "",
            "result_href": result_address(job) if job.result else "",
            "imported": import_of(job) if job.kind == CHECK else None,
        }
        return render(request, "members/import_result.html", context)

    def post(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        """Import the good rows of a finished check; once, however often the button is pressed."""
        check = own_job(self.account, uuid)
        if check.kind != CHECK or check.state != JobState.DONE or not check.report.get("good"):
            raise RuleError("nothing_to_import", "没有可以导入的行。请改正文件后重新上传。", status=409)
        title = f"导入{check.title.removeprefix('检查')}"
        job = follow_job(check, IMPORT, param="check", title=title, actor=self.account)
        return redirect("members:import-result", job.uuid)


def confirmation(check: Job, account: Account) -> str:
    """What the button asks: who goes into which branch."""
    report = check.report
    names = "、".join(report["first"])
    more = (
        f"等 {report['good']} 名党员"
        if report["good"] > len(report["first"])
        else f"共 {report['good']} 名党员"
    )
    doubt = "表中“所在党支部”与本支部名称不同，请先核对。" if report["unknown_branches"] else ""
    rest = "有错的行不导入，可以改正后再传。" if report["errors"] else ""
    return f"将把{names}{more}导入【{account.seat.name}】。{doubt}{rest}"


def own_job(account, uuid: UUID) -> Job:
    return get_object_or_404(Job.objects.visible_to(account), uuid=uuid, kind__in=(CHECK, IMPORT))


def import_of(check: Job) -> Job | None:
    """The import that was started from this check and has not failed."""
    return follower_of(check, IMPORT, param="check")


def progress(request: HttpRequest, job: Job) -> HttpResponse:
    return render(request, "members/_import_progress.html", {"job": job})
