"""Activation (F19–F21). A plain form: nothing in it depends on a script succeeding."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic.base import View

from accounts import sessions
from accounts.actions.activation import activate
from accounts.forms import ActivationForm
from accounts.models import Account
from accounts.models.consent import DocumentKind
from accounts.passwords import RULES
from accounts.queries import documents_in_force
from sanjin.common.errors import RuleError


@method_decorator([never_cache, sensitive_post_parameters("password", "again")], name="dispatch")
class ActivateView(View):
    """Opens only for a browser that has just given an account's one-time password."""

    def get(self, request: HttpRequest) -> HttpResponse:
        account = sessions.activating(request)
        return self.show(request, account, ActivationForm()) if account else self.begin_again(request)

    def post(self, request: HttpRequest) -> HttpResponse:
        account = sessions.activating(request)
        if account is None:
            return self.begin_again(request)
        form = ActivationForm(request.POST)
        if not form.is_valid():
            return self.show(request, account, form, status=422)
        data = form.cleaned_data
        try:
            account = activate(
                account, name=data["name"], password=data["password"], agreed=data["agreed"], actor=account
            )
        except RuleError as error:
            form.add_error(error.field, error.message)
            return self.show(request, account, form, status=422)
        sessions.begin(request, account)
        messages.success(request, f"账号 {account.name} 已激活，下次请用刚设置的密码登录。")
        return redirect("workbench:home")

    def begin_again(self, request: HttpRequest) -> HttpResponse:
        messages.warning(request, "激活页面已过期或账号已激活。请用账号和口令重新登录。")
        return redirect("accounts:login")

    def show(
        self, request: HttpRequest, account: Account, form: ActivationForm, *, status: int = 200
    ) -> HttpResponse:
        notice = next((d for d in documents_in_force() if d.kind == DocumentKind.PRIVACY), None)
        context = {"form": form, "account": account, "rules": RULES, "document": notice}
        return render(request, "accounts/activate.html", context, status=status)
