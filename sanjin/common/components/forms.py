"""Forms: their errors, their foot, rules that tick off."""

from typing import Any

from django.forms import BaseForm
from django.template import Library

register = Library()


@register.inclusion_tag("components/errors.html")
def error_summary(form: BaseForm) -> dict[str, Any]:
    """All errors of a form at once, each with a link to its field."""
    items = []
    for name, texts in form.errors.items():
        field = form[name] if name in form.fields else None
        label = field.label if field else ""
        href = f"#{field.id_for_label or field.auto_id}" if field else ""
        items += [{"text": text, "label": label, "href": href} for text in texts]
    return {"items": items, "count": len(items)}


@register.inclusion_tag("components/save_bar.html")
def save_bar(
    label: str = "保存", cancel: str = "", note: str = "", danger: bool = False, confirm: str = ""
) -> dict[str, Any]:
    """The foot of a form. Ctrl+S presses its button, unless that is dangerous or asks first. confirm: the question."""
    return locals()


@register.inclusion_tag("components/rules.html")
def password_rules(rules: list[dict[str, str]], field: str) -> dict[str, Any]:
    """Rules that tick off while typing: [{label, pattern}]; `field` is the input's id, pattern for JS."""
    return {"rules": rules, "field": field}
