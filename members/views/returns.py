"""Phone numbers to be given back (F23, F24): ask, see what is asked, answer."""

from functools import cached_property
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from accounts.enums import Role
from members.actions.returns import decline_return, mark_seen, request_return
from members.enums import ReturnState
from members.forms import AnswerForm
from members.forms.record import read_offer
from members.models import PhoneReturn
from members.views.importing import own_job
from sanjin.common.errors import RuleError
from sanjin.common.lists import Column, Empty
from sanjin.common.masking import mask_phone
from sanjin.common.pages import ActionPage, AdminPage, ListPage

ONLY = "手机号归还由支部管理员办理。"


class RequestPage(AdminPage):
    """POST `offer` (from the form) or `job` and `row` (from an import's result): ask for the number."""

    http_method_names = ["post"]
    roles = (Role.BRANCH_ADMIN,)
    refusal = ONLY

    def post(self, request: HttpRequest) -> HttpResponse:
        index, name = self.asked(request)
        made = request_return(index, actor=self.account, asked_for=name)
        done = f"已向【{made.holding.name}】申请归还手机号，对方处理后会在您的待办中提示。"
        if request.htmx:
            return render(request, "members/_asked.html", {"done": done})
        messages.success(request, done)
        return redirect("members:returns")

    def asked(self, request: HttpRequest) -> tuple[bytes, str]:
        if offer := request.POST.get("offer"):
            return read_offer(offer)
        job = own_job(self.account, _uuid(request.POST.get("job", "")))
        for line in job.report.get("errors", []):
            if str(line["row"]) == request.POST.get("row") and line.get("code") == "phone_taken_elsewhere":
                return bytes.fromhex(line["data"]["phone_index"]), line["name"]
        raise RuleError("offer_invalid", "找不到这一行。请重新上传文件后再申请。")


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise RuleError("offer_invalid", "申请已过期。请刷新页面后再申请。")


class ReturnList(ListPage):
    """Both sides: what others ask of this branch, and what it asked of others."""

    template_name = "members/returns.html"
    key = "phone-returns"
    title = "手机号归还"
    roles = (Role.BRANCH_ADMIN,)
    refusal = ONLY
    order = "-created"
    columns = (
        Column("who", "为谁申请", value="asked_for", fixed=True, template="members/cells/return.html"),
        Column("asking", "申请支部", value="asking.name"),
        Column("holding", "号码所在支部", value="holding.name"),
        Column("state", "状态", value="get_state_display"),
        Column(
            "created",
            "申请时间",
            value="created_at",
            order=("created_at",),
            template="members/cells/moment.html",
        ),
    )
    empty = Empty(
        "没有手机号归还申请", "录入党员时手机号被别的支部占用，可以在提示处申请；别的支部的申请也显示在这里。"
    )

    def get_queryset(self) -> QuerySet[PhoneReturn]:
        return PhoneReturn.objects.visible_to(self.account)

    def read(self, rows: QuerySet[PhoneReturn]) -> QuerySet[PhoneReturn]:
        return rows.select_related("asking", "holding")


class ReturnPage(ActionPage):
    """One request. The holding branch corrects its member's number, or says why not; the asking one reads the answer."""

    template_name = "members/return.html"
    title = "手机号归还"
    submit_label = "不能归还"
    form_class = AnswerForm
    roles = (Role.BRANCH_ADMIN,)
    refusal = ONLY

    @cached_property
    def asked(self) -> PhoneReturn:
        rows = PhoneReturn.objects.visible_to(self.account).select_related("holder", "holding", "asking")
        return get_object_or_404(rows, uuid=self.kwargs["uuid"])

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        asked = self.asked
        mine = asked.holding_id == self.account.organization_id
        mark_seen(asked, actor=self.account)
        more = {
            "asked": asked,
            "mine": mine,
            "open": asked.state == ReturnState.OPEN,
            "holder_phone": mask_phone(asked.holder.phone) if mine else "",
        }
        return super().get_context_data(**(more | context))

    def act(self, form: AnswerForm) -> str:
        decline_return(self.asked, actor=self.account, reason=form.cleaned_data["reason"])
        return "已答复，对方支部会看到原因。"

    def get_success_url(self) -> str:
        return reverse("members:return", args=[self.asked.uuid])
