"""Forms: their errors, their foot, rules that tick off."""

from typing import Any

from django.forms import BaseForm, FileField
from django.template import Library

register = Library()

SAVE = "保存"


@register.inclusion_tag("components/errors.html")
def error_summary(form: BaseForm) -> dict[str, Any]:
    """All errors of a form at once, in the order of its fields, each with a link to its field."""
    items = []
    places = {name: place for place, name in enumerate(form.fields)}
    for name, texts in sorted(form.errors.items(), key=lambda error: places.get(error[0], -1)):
        field = form[name] if name in form.fields else None
        label = field.label if field else ""
        href = f"#{field.id_for_label or field.auto_id}" if field else ""
        items += [{"text": text, "label": label, "href": href} for text in texts]
    return {"items": items, "count": len(items), "left": _what_is_left(form)}


def _what_is_left(form: BaseForm) -> str:
    """What is still typed in. A file is not: no browser lets a page put one back."""
    files = [field.name for field in form.visible_fields() if isinstance(field.field, FileField)]
    if not any(name in form.files or name in form.errors for name in files):
        return "您填写的内容都还在"
    if len(files) == len(form.visible_fields()):
        return "请重新选择文件"
    return "您填写的内容都还在，文件请重新选择"


@register.inclusion_tag("components/save_bar.html")
def save_bar(
    label: str = "保存", cancel: str = "", note: str = "", danger: bool = False, confirm: str = ""
) -> dict[str, Any]:
    """The foot of a form. Ctrl+S presses its button only where that is called 保存: what tells others, ends something or asks
    first is pressed by hand. confirm: the question."""
    return {**locals(), "saves": label == SAVE and not (danger or confirm)}


@register.inclusion_tag("components/rules.html")
def password_rules(rules: list[dict[str, str]], field: str) -> dict[str, Any]:
    """Rules that tick off while typing: [{label, pattern}]; `field` is the input's id, pattern for JS."""
    return {"rules": rules, "field": field}
