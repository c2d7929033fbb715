"""Who may open a page of the back office."""

from collections.abc import Collection
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import resolve_url
from django.views.generic.base import View

from sanjin.common.errors import RuleError


class AdminPage(View):
    """Base of every back-office page: an admin is logged in, and its role is one of `roles` (None: any).

    Somebody not logged in goes to the login page and comes back; a member gets 404; another role gets 403 with a
    sentence that names who may (`refusal` replaces it where a page can say more, such as F33).
    """

    roles: Collection[str] | None = None
    refusal: str = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        account = request.user
        if not account.is_authenticated:
            return to_login(request)
        if not account.is_admin:
            raise Http404
        if self.roles is not None and account.role not in self.roles:
            names = "、".join(type(account.role)(role).label for role in self.roles)
            raise RuleError(
                "role_refused",
                self.refusal or f"这个页面由{names}使用，您的账号是{account.role.label}。",
                status=403,
            )
        self.guard()
        return super().dispatch(request, *args, **kwargs)

    def guard(self) -> None:
        """A page that depends on its object refuses here, before anything is shown or read: RuleError 403. The action
        asks the same permission again on its locked row."""

    @property
    def account(self) -> Any:
        return self.request.user


def to_login(request: HttpRequest) -> HttpResponse:
    """The login page, and back here afterwards; a fragment's request makes the whole page go there."""
    if getattr(request, "htmx", False):
        response = HttpResponse(status=204)
        response["HX-Redirect"] = resolve_url("accounts:login")
        return response
    return redirect_to_login(request.get_full_path())
