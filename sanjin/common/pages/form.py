"""A page that is a form: scoped object, form, one action, redirect (habits: a view is four moves)."""

from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse
from django.views.generic.edit import FormMixin, TemplateResponseMixin

from sanjin.common.errors import RuleError

from .access import AdminPage


class ActionPage(TemplateResponseMixin, FormMixin, AdminPage):
    """GET shows the form, POST calls `act(form)` once and redirects to `get_success_url()`.

    A RuleError from the action stands beside its field, or on top of the form; nothing typed is lost. `act` may
    return a sentence for the green message.
    """

    template_name = "pages/form.html"
    title = ""
    submit_label = "保存"
    danger = False
    confirm = ""  # the question that the button asks first

    def act(self, form: BaseForm) -> str | None:
        raise NotImplementedError(f"{type(self).__name__}.act")

    def get(self, request, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data())

    def post(self, request, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.get_form()
        if not form.is_valid():
            return self.form_invalid(form)
        try:
            done = self.act(form)
        except RuleError as error:
            form.add_error(error.field if error.field in form.fields else None, error.message)
            return self.form_invalid(form, error)
        if done:
            messages.success(request, done)
        return self.form_valid(form)

    def form_invalid(self, form: BaseForm, error: RuleError | None = None) -> HttpResponse:
        # 422 lets htmx and clients tell a refused form from a saved one; browsers show it like any page.
        return self.render_to_response(self.get_context_data(form=form, rule_error=error), status=422)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        defaults = {
            "title": self.title,
            "submit_label": self.submit_label,
            "danger": self.danger,
            "confirm": self.confirm,
        }
        return super().get_context_data(**(defaults | context))
