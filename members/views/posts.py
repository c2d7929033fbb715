"""Assigning and withdrawing posts (F36, F37)."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from members.actions.posts import assign_post, withdraw_post
from members.forms import AssignForm
from sanjin.common.pages import ActionPage

from .listing import MemberList
from .scope import SeenMember


class AssignSelected(MemberList):
    """From the list: exactly one member is selected, then a post chosen."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        rows = self.listing.selected()[:2]
        if len(rows) != 1:
            messages.error(request, "请只选中一名党员，再点“任命职务”。一项职务一次任命给一个人。")
            return redirect("members:list")
        return redirect("members:assign", rows[0].uuid)


class AssignPage(SeenMember, ActionPage):
    form_class = AssignForm
    submit_label = "任命"

    @property
    def title(self) -> str:
        return f"任命{self.member.name}的职务"

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"nature": self.account.seat.nature}

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(cancel_url=self.get_success_url(), **context)

    def act(self, form: AssignForm) -> str:
        held = assign_post(
            self.member,
            form.cleaned_data["post"],
            actor=self.account,
            organization=self.account.seat,
            since=form.cleaned_data["since"],
        )
        return f"已任命{self.member.name}为{held.organization.name}{held.post.name}。"

    def get_success_url(self) -> str:
        return reverse("members:detail", args=[self.member.uuid])


class WithdrawPage(SeenMember):
    """POST: end a post of the account's own organisation."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, uuid: UUID, held: UUID) -> HttpResponse:
        own = self.member.posts.filter(organization=self.account.organization_id)
        row = get_object_or_404(own.select_related("post", "member"), uuid=held)
        withdraw_post(row, actor=self.account)
        messages.success(request, f"已免去{self.member.name}的{row.post.name}。")
        return redirect("members:detail", uuid)
