"""How forms are drawn: Django's own fields with the classes of our style sheet (templates/django/forms/)."""

from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting

CHECKS = (forms.CheckboxInput,)
GROUPS = (forms.RadioSelect, forms.CheckboxSelectMultiple)


class StyledField(BoundField):
    """A bound field whose widget carries its class, and which knows how its group is laid out."""

    @property
    def is_check(self) -> bool:
        """One check box: its label stands beside it."""
        return isinstance(self.field.widget, CHECKS)

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        """Django's attributes and the class of the widget's kind."""
        attrs = super().build_widget_attrs(attrs, widget)
        widget = widget or self.field.widget
        kind = widget_class(widget)
        if kind and not widget.is_hidden:
            own = widget.attrs.get("class", "")
            attrs["class"] = f"{kind} {own}".strip()
        return attrs


def widget_class(widget: forms.Widget) -> str:
    """The style sheet's class for a widget; '' for groups, which style their parts."""
    if isinstance(widget, (*CHECKS, *GROUPS)):
        return "form-check-input"
    if isinstance(widget, forms.Select):
        return "form-select"
    return "form-control"


class FormRenderer(TemplatesSetting):
    """settings.FORM_RENDERER: templates from the project first, fields styled."""

    bound_field_class = StyledField
