"""系统设置 → 管理员账号: who has one below, generating the missing ones, and what the superior does with each."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.views.decorators.cache import never_cache
from django.views.generic.base import ContextMixin, TemplateResponseMixin

from accounts.actions import freeze, guard, reset_password, start_generation, unfreeze, unlock
from accounts.actions.admins import KIND
from accounts.actions.guards import must_manage
from accounts.actions.login import SUPERIOR
from accounts.enums import AccountState
from accounts.filters import AccountFilter
from accounts.forms import FreezeForm, GenerateForm
from accounts.models import Account
from accounts.permissions import COMMITTEES, SUPERIORS, can_generate_admins
from accounts.queries import accounts_led, can_manage, organizations_without_admin
from accounts.slips import read_slips
from organizations.queries import direct_superior
from sanjin.common import qr
from sanjin.common.jobs import kept_for, note_download
from sanjin.common.lists import Column, Empty
from sanjin.common.models import Job, JobState
from sanjin.common.pages import ActionPage, AdminPage, ListPage

SLIPS_A_PAGE = 100


class AdminList(ListPage):
    template_name = "accounts/admin_list.html"
    roles = SUPERIORS
    key = "admins"
    title = "管理员账号"
    filterset_class = AccountFilter
    order = "name"
    columns = (
        Column("name", "账号", fixed=True, order=("name",), template="accounts/cells/name.html"),
        Column("organization", "所属组织", value="organization.name"),
        Column("nature", "部门性质", value="organization.get_nature_display"),
        Column("display_name", "姓名"),
        Column(
            "state", "状态", value="get_state_display", order=("state",), template="accounts/cells/state.html"
        ),
        Column("last_login", "最近登录", order=("last_login",), template="accounts/cells/last_login.html"),
        Column(
            "activated_at",
            "激活时间",
            order=("activated_at",),
            template="accounts/cells/moment.html",
            shown=False,
        ),
    )
    empty = Empty("还没有管理员账号", "生成后这里显示本级及下级组织的管理员账号。")

    def get_queryset(self) -> QuerySet:
        return Account.objects.visible_to(self.account)

    def read(self, rows: QuerySet) -> QuerySet:
        return rows.select_related("organization")

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        may = can_generate_admins(self.account)
        self._note_locks()
        return super().get_context_data(can_generate=may, superior=SUPERIOR, **context)

    def _note_locks(self) -> None:
        """Each account in sight with its `locked_until`: who can't log in must not look 正常 (F35)."""
        rows = {guard.admin_key(row.name): row for row in self.listing.page.object_list}
        for key, until in guard.locked_until(rows).items():
            rows[key].locked_until = until


class OneAdmin(AdminPage):
    """Base of the pages about one account: found by its name inside the scope, else 404."""

    roles = SUPERIORS

    @cached_property
    def subject(self) -> Account:
        rows = Account.objects.visible_to(self.account).select_related("organization__type")
        return get_object_or_404(rows, name=self.kwargs["name"])

    def back(self) -> HttpResponse:
        return redirect("accounts:admin", name=self.subject.name)


class AdminDetail(TemplateResponseMixin, ContextMixin, OneAdmin):
    template_name = "accounts/admin_detail.html"

    def get(self, request: HttpRequest, name: str) -> HttpResponse:
        subject, key = self.subject, guard.admin_key(self.subject.name)
        subject.locked_until = guard.locked_until([key]).get(key)
        context = self.get_context_data(
            subject=subject,
            title=f"管理员账号 {subject.name}",
            can_manage=can_manage(self.account, subject),
            superior=direct_superior(subject.organization),
            frozen=subject.state == AccountState.FROZEN,
            issued=subject.state == AccountState.ISSUED,
            lock=guard.lock_in_words(key),
        )
        return self.render_to_response(context)


@method_decorator(never_cache, name="dispatch")
class ResetView(OneAdmin):
    """The slip is the answer to the POST and stands nowhere else; loading the page again makes a new one only if the
    browser is told to send the form again."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, name: str) -> HttpResponse:
        issued = reset_password(self.subject, actor=self.account)
        context = {"issued": issued, "title": "账号条"} | entrance(request)
        return render(request, "accounts/slip.html", context)


class FreezeView(OneAdmin, ActionPage):
    form_class = FreezeForm
    title = "冻结账号"
    submit_label = "冻结"
    danger = True

    def guard(self) -> None:
        must_manage(self.account, self.subject)

    def act(self, form: FreezeForm) -> str:
        account = freeze(self.subject, reason=form.cleaned_data["reason"], actor=self.account)
        return f"账号 {account.name} 已冻结，此账号在各处的登录已退出。"

    def get_success_url(self) -> str:
        return reverse("accounts:admin", args=[self.subject.name])

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        title = f"冻结账号 {self.subject.name}（{self.subject.organization.name}）"
        return super().get_context_data(title=title, cancel_url=self.get_success_url(), **context)


class UnfreezeView(OneAdmin):
    http_method_names = ["post"]

    def post(self, request: HttpRequest, name: str) -> HttpResponse:
        unfreeze(self.subject, actor=self.account)
        messages.success(request, f"账号 {self.subject.name} 已解冻，可以登录。")
        return self.back()


class UnlockView(OneAdmin):
    http_method_names = ["post"]

    def post(self, request: HttpRequest, name: str) -> HttpResponse:
        lifted = unlock(self.subject, actor=self.account)
        sentence = "已解锁，现在可以登录。" if lifted else "没有被锁定，不需要解锁。"
        messages.success(request, f"账号 {self.subject.name} {sentence}")
        return self.back()


class GenerateView(ActionPage):
    template_name = "accounts/generate.html"
    form_class = GenerateForm
    roles = COMMITTEES
    refusal = "管理员账号由上级党委为下级组织生成，您的账号不能办理。请联系直属上级党委的管理员。"
    title = "生成管理员账号"
    submit_label = "生成"

    def get_initial(self) -> dict[str, Any]:
        """The prefix that the committee's own account has: most go on with it."""
        return super().get_initial() | {"prefix": self.account.name.rstrip("0123456789")}

    def act(self, form: GenerateForm) -> None:
        organization = self.account.seat
        self.job = start_generation(organization, prefix=form.cleaned_data["prefix"], actor=self.account)

    def get_success_url(self) -> str:
        return reverse("jobs:detail", args=[self.job.uuid])

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        missing = organizations_without_admin(self.account.seat)
        lacking, direct = missing.count(), accounts_led(self.account.seat).lacking
        below = f"，连同更下级的共 {lacking} 个" if lacking != direct else ""
        return super().get_context_data(
            lacking=lacking,
            what=f"直属的 {direct} 个组织还没有管理员账号{below}。",
            examples=missing.only("pk", "path", "name", "nature")[:10],
            cancel_url=reverse("accounts:admins"),
            **context,
        )


@method_decorator(never_cache, name="dispatch")
class SlipsView(AdminPage):
    """Slips to print and cut, from the result of one's own generation job."""

    roles = COMMITTEES

    def get(self, request: HttpRequest, uuid) -> HttpResponse:
        jobs = Job.objects.visible_to(self.account).filter(kind=KIND, state=JobState.DONE)
        job = get_object_or_404(jobs, uuid=uuid)
        if not job.result:
            raise Http404  # the file is gone with its day
        with job.result.open("rb") as file:
            slips = read_slips(file)
        note_download(job, actor=self.account)
        page = Paginator(slips, SLIPS_A_PAGE).get_page(request.GET.get("page"))
        kept = f"一次性口令不在系统里另外保存，这些文件 {kept_for()}后自动删除。"
        context = {"page": page, "job": job, "title": "打印账号条", "kept": kept} | entrance(request)
        return render(request, "accounts/slips.html", context)


def entrance(request: HttpRequest) -> dict[str, str]:
    """Where a slip is used, as an address and as its code: `entrance`, `drawing`."""
    address = request.build_absolute_uri(reverse("accounts:login"))
    return {"entrance": address, "drawing": qr.drawn(address, "管理后台登录页的二维码")}
