"""Changing one's own password."""

from django.contrib.auth import update_session_auth_hash
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator
from django.views.decorators.debug import sensitive_post_parameters

from accounts.actions.passwords import change_own_password
from accounts.forms import PasswordForm
from accounts.passwords import RULES
from sanjin.common.pages import ActionPage


@method_decorator(sensitive_post_parameters("old", "new", "again"), name="dispatch")
class PasswordView(ActionPage):
    template_name = "accounts/password.html"
    form_class = PasswordForm
    success_url = reverse_lazy("workbench:home")

    def act(self, form: PasswordForm) -> str:
        data = form.cleaned_data
        account = change_own_password(self.account, old=data["old"], new=data["new"], actor=self.account)
        update_session_auth_hash(self.request, account)  # this browser stays, the others are out
        return "密码已修改，其他电脑上的登录已退出。"

    def get_context_data(self, **context):
        return super().get_context_data(rules=RULES, **context)
