"""One member's record: see, add, edit, full numbers, recycle and restore."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import BaseForm
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from accounts.actions import guard
from accounts.enums import Role
from members.actions.reading import FullNumbers, read_full_numbers
from members.actions.records import add_member, edit_member, recycle_member, restore_member
from members.actions.slips import unlock_member
from members.enums import MemberState
from members.forms import AddForm, EditForm, ReasonForm
from members.models import Member
from members.permissions import can_assign_posts, can_keep
from sanjin.common.errors import RuleError
from sanjin.common.masking import mask_id_number, mask_phone
from sanjin.common.pages import ActionPage, AdminPage

from .listing import COMPLETE, age_of, missing_of
from .scope import kept_member, seen_member

KEEPER_ONLY = (
    "党员信息由所在支部的管理员维护（组织关系在哪个支部，就由哪个支部录入和修改），您的账号只能查看。"
)


class DetailPage(AdminPage):
    """The record with masked numbers."""

    def get(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        return show(request, seen_member(self.account, uuid))


@method_decorator(never_cache, name="dispatch")
class FullNumbersPage(AdminPage):
    """POST a reason: the same page with the numbers in full, once, not stored by the browser."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        member = seen_member(self.account, uuid)
        form = ReasonForm(request.POST)
        if not form.is_valid():
            return show(request, member, reason_form=form, status=422)
        try:
            full = read_full_numbers(member, actor=self.account, reason=form.cleaned_data["reason"])
        except RuleError as error:
            form.add_error("reason", error.message)
            return show(request, member, reason_form=form, status=422)
        return show(request, member, full=full)


def show(
    request: HttpRequest,
    member: Member,
    *,
    full: FullNumbers | None = None,
    reason_form: BaseForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """Draw the record's page."""
    posts = list(member.posts.select_related("post", "organization").order_by("until", "-since"))
    context = {
        "title": member.name,
        "member": member,
        "masked": {
            "id_number": mask_id_number(member.id_number),
            "phone": mask_phone(member.phone),
            "landline": mask_phone(member.landline),
            "address": f"{member.address[:4]}****" if member.address else "",
        },
        "full": full,
        "reason_form": reason_form or ReasonForm(),
        "age": age_of(member),
        "missing": "" if missing_of(member) == COMPLETE else missing_of(member),
        "posts": [p for p in posts if p.until is None],
        "past_posts": [p for p in posts if p.until is not None],
        "recycled": member.state == MemberState.RECYCLED,
        "keeper": can_keep(request.user, member),
        "assigner": can_assign_posts(request.user),
        "keeper_only": KEEPER_ONLY,
        "lock": guard.lock_in_words(bytes(member.account_name_index or b"")),
    }
    return render(request, "members/detail.html", context, status=status)


class PhotoPage(AdminPage):
    """The photo lies outside any served folder; who may see the member may see it."""

    def get(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        member = seen_member(self.account, uuid)
        if not member.photo or not member.photo.storage.exists(member.photo.name):
            raise Http404
        response = FileResponse(member.photo.open("rb"), content_type="image/jpeg")
        response["Cache-Control"] = "private, max-age=600"
        return response


@method_decorator(sensitive_post_parameters("id_number", "phone", "landline", "address"), name="dispatch")
class RecordPage(ActionPage):
    """What adding and editing share."""

    template_name = "members/form.html"
    roles = (Role.BRANCH_ADMIN,)
    refusal = KEEPER_ONLY

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"organization": self.account.seat}


class AddPage(RecordPage):
    form_class = AddForm
    title = "添加党员"
    submit_label = "保存"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(cancel_url=reverse("members:list"), **context)

    def act(self, form: AddForm) -> str:
        data = form.cleaned_data
        self.member = add_member(
            form.record, actor=self.account, photo=data["photo"], pledged_on=data["pledged_on"]
        )
        return f"已添加{self.member.name}。首次登录前，请在本页打印登录口令条交给本人，或请本人用“忘记密码”接收短信。"

    def get_success_url(self) -> str:
        return reverse("members:detail", args=[self.member.uuid])


class EditPage(RecordPage):
    form_class = EditForm
    title = "修改党员资料"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated and request.user.is_admin and request.user.role in self.roles:
            self.member = kept_member(request.user, kwargs["uuid"])
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"member": self.member}

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(member=self.member, cancel_url=self.get_success_url(), **context)

    def act(self, form: EditForm) -> str:
        data = form.cleaned_data
        edit_member(
            self.member, form.record, actor=self.account, photo=data["photo"], pledged_on=data["pledged_on"]
        )
        return f"已保存{self.member.name}的资料。"

    def get_success_url(self) -> str:
        return reverse("members:detail", args=[self.member.uuid])


class KeptAction(AdminPage):
    """POST: one action on a member that the account keeps, then back to its page."""

    http_method_names = ["post"]
    roles = (Role.BRANCH_ADMIN,)
    refusal = KEEPER_ONLY

    def post(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        member = kept_member(self.account, uuid)
        try:
            messages.success(request, self.act(member))
        except RuleError as error:
            messages.error(request, error.message)
        return redirect("members:detail", member.uuid)

    def act(self, member: Member) -> str:
        raise NotImplementedError(f"{type(self).__name__}.act")


class RecyclePage(KeptAction):
    def act(self, member: Member) -> str:
        reason = self.request.POST.get("reason", "").replace("\0", "")[:200]
        recycle_member(member, actor=self.account, reason=reason)
        return f"已把{member.name}移入回收站，可以随时恢复。其手机号和账号已释放。"


class RestorePage(KeptAction):
    def act(self, member: Member) -> str:
        restore_member(member, actor=self.account)
        return f"已恢复{member.name}。原任职务需要重新任命。"


class UnlockPage(KeptAction):
    """F35: the branch admin lifts the lock after wrong passwords."""

    def act(self, member: Member) -> str:
        lifted = unlock_member(member, actor=self.account)
        return f"已解锁{member.name}的账号，现在可以登录。" if lifted else f"{member.name}的账号没有被锁定。"
