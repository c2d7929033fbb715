"""What a superior handed down to this branch: look, download, check and import, or decline (F32)."""

from functools import cached_property
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from accounts.enums import Role
from members.actions.parts import check_part, decline_part, download_part
from members.enums import PartState
from members.forms import DeclineForm
from members.models import RegisterPart
from members.queries.parts import waiting_part
from sanjin.common.answers import workbook
from sanjin.common.pages import ActionPage, AdminPage

GONE_ON = (PartState.REPLACED, PartState.MERGED)
ONLY = "下发的名册由接收支部的管理员办理。"


class OnePart(AdminPage):
    """Base: a part of the account's own branch, else 404."""

    roles = (Role.BRANCH_ADMIN,)
    refusal = ONLY

    @cached_property
    def part(self) -> RegisterPart:
        rows = RegisterPart.objects.visible_to(self.account).select_related("sender", "branch", "checking")
        return get_object_or_404(rows, uuid=self.kwargs["uuid"])


class PartPage(OnePart, ActionPage):
    """GET: how many rows, from whom, until when. POST: decline with a reason."""

    template_name = "members/part.html"
    title = "上级下发的名册"
    submit_label = "退回上级"
    form_class = DeclineForm

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        part = self.part
        checked = part.checking if part.checking and part.checking.created_by_id == self.account.pk else None
        mine = {
            "part": part,
            "open": part.is_unfinished,
            "correcting": part.is_unfinished and part.state == PartState.IMPORTED,
            "checked": checked,
            "newer": waiting_part(self.account) if part.state in GONE_ON else None,
            "decline_text": f"将把 {part.left} 行退回“{part.sender.name}”，这些行不再留在本支部，上级会看到原因。",
        }
        return super().get_context_data(**(mine | context))

    def act(self, form: DeclineForm) -> str:
        decline_part(self.part, actor=self.account, reason=form.cleaned_data["reason"])
        return f"已退回，“{self.part.sender.name}”会看到原因。"

    def get_success_url(self) -> str:
        return reverse("members:part", args=[self.part.uuid])


class CheckPart(OnePart):
    """POST: the usual check of the import, with these rows."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        job = check_part(self.part, actor=self.account)
        return redirect("members:import-result", job.uuid)


class PartFile(OnePart):
    """POST: the rows as a workbook; it is logged."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        content = download_part(self.part, actor=self.account)
        return workbook(content, f"{self.part.branch.name}党员名册", private=True)
