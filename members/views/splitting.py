"""A superior's register: upload it, see what became of each branch's part (F32, F33)."""

from functools import cached_property
from typing import Any, NamedTuple
from uuid import UUID

import django_filters as filters
from django.db.models import Value
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from accounts.permissions import SUPERIORS, can_generate_admins
from members.actions.splitting import mark_declined_seen
from members.enums import SPLIT, PartState
from members.forms.splitting import ADD, SplitForm
from members.models import RegisterPart
from members.models.register_part import RegisterPartQuerySet
from members.permissions import can_split_registers
from members.queries.parts import count_by_state, parts_of, with_standing
from members.queries.progress import branches_without_members, count_done
from organizations.models import Organization
from organizations.permissions import leads_structure
from organizations.queries import with_parent_name
from sanjin.common.answers import redraw
from sanjin.common.formats import day
from sanjin.common.imports.page import progress
from sanjin.common.jobs import start_job
from sanjin.common.jobs.queries import result_address
from sanjin.common.lists import Column, Empty
from sanjin.common.masking import mask_numbers
from sanjin.common.models import Job, JobState
from sanjin.common.pages import ActionPage, ListPage

WHY = "党员信息只能由支部管理员导入（组织关系在哪个支部，就由哪个支部导入）。"
ONLY = "名册由党委或党总支管理员拆分，下发给各支部导入。"
MOST_WAITING_BRANCHES = 50


class SplitPage(ActionPage):
    """Why a superior can't import, how far its branches are, and what it can do: hand its register down."""

    template_name = "members/import_refused.html"
    title = "导入党员"
    submit_label = "上传并拆分"
    form_class = SplitForm
    roles = SUPERIORS
    refusal = ONLY

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(**(refused_import(self.account) | context))

    def act(self, form: SplitForm) -> None:
        file = form.cleaned_data["file"]
        params = {"add": form.cleaned_data["mode"] == ADD}
        title = f"拆分名册：{mask_numbers(file.name)}"[:120]
        self.job = start_job(SPLIT, title=title, actor=self.account, upload=file, params=params)

    def get_success_url(self) -> str:
        return reverse("members:split-result", args=[self.job.uuid])


def refused_import(account) -> dict[str, Any]:
    """Why this account can't import, which branches have members and which have none (F33), its last registers (F32)."""
    branches = Organization.objects.visible_to(account).branches()
    done, total = count_done(branches)
    waiting = with_parent_name(branches_without_members(branches))[:MOST_WAITING_BRANCHES]
    return {
        "why": WHY,
        "done": done,
        "total": total,
        "waiting": waiting,
        "may_split": can_split_registers(account),
        "leads": leads_structure(account),
        "recent": Job.objects.visible_to(account).filter(kind=SPLIT).order_by("-pk")[:5],
        "submit_label": SplitPage.submit_label,
    }


class PartFilter(filters.FilterSet):
    q = filters.CharFilter(label="支部名称", field_name="branch__name", lookup_expr="icontains")
    state = filters.ChoiceFilter(label="状态", choices=PartState.choices, empty_label="全部")

    class Meta:
        model = RegisterPart
        fields: list[str] = []


class Next(NamedTuple):
    """What comes next, in words, and the page where it is done, if the viewer has one."""

    text: str
    href: str = ""
    link: str = ""


def next_step(part: RegisterPart) -> Next:
    """Who does what next (`with_standing`, and `may_generate`: generates accounts below itself)."""
    if part.state == PartState.WAITING:
        return _waits_for(part)
    if part.state in (PartState.REPLACED, PartState.MERGED):
        return _goes_on(part)
    return Next(
        {
            PartState.IMPORTED: _imported(part),
            PartState.DECLINED: f"请核对后重新上传。支部说明：{part.reason}",
            PartState.EXPIRED: "逾期没有导入，内容已清理。仍需要时请重新上传",
        }[PartState(part.state)]
    )


def _waits_for(part: RegisterPart) -> Next:
    if not part.has_admin:
        if part.may_generate and part.in_scope:
            return Next("支部还没有管理员账号", reverse("accounts:generate"), "生成管理员账号")
        return Next("支部还没有管理员账号，由直属上级党委生成")
    if not part.has_active_admin:
        href = reverse("accounts:admin", args=[part.issued_admin]) if part.issued_admin else ""
        return Next("等支部管理员激活账号", href, "查看账号")
    until = f"（{day(timezone.localtime(part.expires_at))}前）"
    return Next(
        f"支部已检查，等支部管理员确认导入{until}" if part.checking_id else f"等支部管理员导入{until}"
    )


def _goes_on(part: RegisterPart) -> Next:
    text = "并入了后一次拆分" if part.state == PartState.MERGED else "以后一次拆分为准"
    href = reverse("members:split-result", args=[part.later]) if part.later else ""
    return Next(text, href, "看后一次的结果")


def _imported(part: RegisterPart) -> str:
    if part.already == part.rows:
        return "党员都已在本支部，无需导入"
    texts = [f"已导入 {part.imported} 行"]
    if part.already:
        texts.append(f"{part.already} 行已存在")
    if part.left:
        texts.append(f"另有 {part.left} 行由支部改正")
    return "，".join(texts)


class SplitResult(ListPage):
    """One's own register: how many rows went where, which branches have taken theirs, what must be corrected."""

    template_name = "members/split_result.html"
    key = "register-parts"
    title = "名册拆分结果"
    roles = SUPERIORS
    refusal = ONLY
    filterset_class = PartFilter
    order = "branch"
    columns = (
        Column("branch", "支部", value="branch.name", fixed=True, order=("branch__path",)),
        Column("above", "上级组织", value="parent_name"),
        Column("rows", "行数", order=("rows",), numeric=True),
        Column("state", "状态", order=("state",), template="members/cells/part_state.html"),
        Column("next", "下一步", value=next_step, template="members/cells/next.html"),
    )
    empty = Empty("没有支部", "没有符合条件的支部。名册里一行都没有下发时，请按下面的原因改正后重新上传。")

    @cached_property
    def job(self) -> Job:
        mine = Job.objects.visible_to(self.account).filter(kind=SPLIT)
        return get_object_or_404(mine, uuid=self.kwargs["uuid"])

    def get_queryset(self) -> RegisterPartQuerySet:
        return parts_of(self.job, self.account)

    def read(self, rows: RegisterPartQuerySet) -> RegisterPartQuerySet:
        may_generate = can_generate_admins(self.account)
        return with_standing(rows, self.account).annotate(may_generate=Value(may_generate))

    def get(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        running = self.job.unfinished
        if request.htmx and request.headers.get("X-Background"):
            return progress(request, self.job) if running else redraw()
        if not running:
            Job.objects.filter(pk=self.job.pk, seen=False).update(seen=True)
            mark_declined_seen(self.job, actor=self.account)
        return super().get(request)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        job = self.job
        states = count_by_state(job, self.account)
        mine = {
            "job": job,
            "running": job.unfinished,
            "failed": job.state in (JobState.FAILED, JobState.CANCELLED),
            "states": [
                (label, states[state], f"?state={state}")
                for state, label in PartState.choices
                if state in states
            ],
            "result_href": result_address(job) if job.result else "",
        }
        return super().get_context_data(**(mine | context))
