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
from members.forms import AddForm, EditForm, ReasonForm, RecycleForm
from members.models import Member
from members.permissions import can_assign_posts, can_keep
from sanjin.common.errors import RuleError
from sanjin.common.masking import mask_address, mask_id_number, mask_phone
from sanjin.common.pages import ActionPage

from .listing import COMPLETE, age_of, missing_of
from .scope import KEEPER_ONLY, KeptMember, SeenMember


class DetailPage(SeenMember):
    """The record with masked numbers."""

    def get(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        return show(request, self.member)


class RecordAction(ActionPage):
    """A form that stands on the record's page, which shows it again when it is refused. `form_name`: as `show` takes it."""

    http_method_names = ["post"]
    form_name = ""

    def form_invalid(self, form: BaseForm, error: RuleError | None = None) -> HttpResponse:
        if error and error.field not in form.fields:
            raise error  # no field of it says this: a page of its own does
        return show(self.request, self.member, **{self.form_name: form}, status=422)


@method_decorator(never_cache, name="dispatch")
class FullNumbersPage(SeenMember, RecordAction):
    """POST a reason: the same page with the numbers in full, once, not stored by the browser."""

    form_class = ReasonForm
    form_name = "reason_form"

    def act(self, form: ReasonForm) -> None:
        self.full = read_full_numbers(self.member, actor=self.account, reason=form.cleaned_data["reason"])

    def form_valid(self, form: ReasonForm) -> HttpResponse:
        return show(self.request, self.member, full=self.full)


def show(
    request: HttpRequest,
    member: Member,
    *,
    full: FullNumbers | None = None,
    reason_form: BaseForm | None = None,
    recycle_form: BaseForm | None = None,
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
            "address": mask_address(member.address),
        },
        "full": full,
        "reason_form": reason_form or ReasonForm(),
        "recycle_form": recycle_form or RecycleForm(),
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


class PhotoPage(SeenMember):
    """The photo lies outside any served folder; who may see the member may see it."""

    def get(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        member = self.member
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


class EditPage(KeptMember, RecordPage):
    form_class = EditForm
    title = "修改党员资料"

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


class RecyclePage(KeptMember, RecordAction):
    """POST a reason: the member goes to the recycle bin."""

    form_class = RecycleForm
    form_name = "recycle_form"

    def act(self, form: RecycleForm) -> str:
        recycle_member(self.member, actor=self.account, reason=form.cleaned_data["reason"])
        return f"已把{self.member.name}移入回收站，可以随时恢复。其手机号和账号已释放。"

    def get_success_url(self) -> str:
        return reverse("members:detail", args=[self.member.uuid])


class RestorePage(KeptMember):
    """POST: back from the recycle bin."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        restore_member(self.member, actor=self.account)
        messages.success(request, f"已恢复{self.member.name}。原任职务需要重新任命。")
        return redirect("members:detail", uuid)


class UnlockPage(KeptMember):
    """F35, POST: the branch admin lifts the lock after wrong passwords."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        name, lifted = self.member.name, unlock_member(self.member, actor=self.account)
        done = f"已解锁{name}的账号，现在可以登录。" if lifted else f"{name}的账号没有被锁定。"
        messages.success(request, done)
        return redirect("members:detail", uuid)
