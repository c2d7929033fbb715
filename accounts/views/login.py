"""The login page of the back office, its captcha, and logging out."""

from typing import Any

from django.contrib import auth, messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic.base import View

from accounts import captcha, sessions
from accounts.actions.login import SUPERIOR, check_captcha, log_in_admin, log_out_admin
from accounts.devices import device_of, give_device, new_device
from accounts.enums import AccountState
from accounts.forms import LoginForm
from accounts.models import Account
from sanjin.common.errors import RuleError
from sanjin.common.requests import client_address


def next_page(request: HttpRequest) -> str:
    """Where to go after logging in: `next` if it is a page of ours, else home."""
    target = request.POST.get("next") or request.GET.get("next") or ""
    # a word without a slash would be taken for the name of a view
    safe = target.startswith("/") and url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return target if safe else resolve_url("workbench:home")


@method_decorator([never_cache, sensitive_post_parameters("password")], name="dispatch")
class LoginView(View):
    """GET shows the form; POST checks captcha, then password; an ISSUED account goes on to activation."""

    def get(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            return redirect(next_page(request))
        return self.show(request, LoginForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        form = LoginForm(request.POST)
        if not form.is_valid():
            return self.show(request, form, status=422)
        try:
            account = self.check(request, form.cleaned_data)
        except RuleError as error:
            return self.refused(request, form, error)
        return self.enter(request, account)

    def check(self, request: HttpRequest, data: dict[str, str]) -> Account:
        device, address = device_of(request), client_address(request)
        check_captcha(data["captcha_key"], data["captcha"], owner=device, address=address)
        return log_in_admin(data["name"], data["password"], device=device, address=address)

    def refused(self, request: HttpRequest, form: LoginForm, error: RuleError) -> HttpResponse:
        if error.code in {"locked", "throttled"}:
            context = {"error": error, "superior": SUPERIOR}
            return render(request, "accounts/locked.html", context, status=error.status)
        form.add_error(error.field, error.message)
        return self.show(request, form, status=422 if error.status == 400 else error.status)

    def enter(self, request: HttpRequest, account: Account) -> HttpResponse:
        if account.state == AccountState.ISSUED:
            sessions.begin_activation(request, account)
            return redirect("accounts:activate")
        sessions.begin(request, account)
        return redirect(next_page(request))

    def show(self, request: HttpRequest, form: LoginForm, *, status: int = 200) -> HttpResponse:
        device = device_of(request) or new_device()
        key = captcha.new_challenge(device)
        context: dict[str, Any] = {
            "form": form,
            "captcha_key": key,
            "captcha_image": reverse("captcha-image", args=[key]),
            "next": request.POST.get("next") or request.GET.get("next") or "",
            "expired": "expired" in request.GET,
            "superior": SUPERIOR,
        }
        response = render(request, "accounts/login.html", context, status=status)
        give_device(response, device, secure=request.is_secure())
        return response


@method_decorator(never_cache, name="dispatch")
class CaptchaView(View):
    """A fresh picture for the browser that asks: {key, image_url}."""

    def get(self, request: HttpRequest) -> JsonResponse:
        device = device_of(request) or new_device()
        key = captcha.new_challenge(device)
        response = JsonResponse({"key": key, "image_url": reverse("captcha-image", args=[key])})
        give_device(response, device, secure=request.is_secure())
        return response


class LogoutView(View):
    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            log_out_admin(request.user)
        auth.logout(request)
        messages.success(request, f"您已于 {timezone.localtime():%H:%M} 安全退出。")
        return redirect("accounts:login")
