"""The smallest pieces: an icon, a state, a button, what happened."""

from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.messages.storage.base import Message
from django.template import Library
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.safestring import SafeString

from .props import one_of

register = Library()

SPRITE = "vendor/bootstrap-icons/icons.svg"
TONES = ("neutral", "brand", "good", "warn", "bad", "info", "gold")
STOPS = "。？；：，"
BUTTONS = ("default", "primary", "danger", "quiet", "link")
ALERTS = {
    "good": "check-circle",
    "info": "info-circle",
    "warn": "exclamation-triangle",
    "bad": "exclamation-circle",
}


@register.inclusion_tag("components/icon.html")
def icon(name: str, **props: str) -> dict[str, Any]:
    """A Bootstrap icon by its name (tools/icons.txt); the only other prop is `class`."""
    if unknown := set(props) - {"class"}:
        raise ValueError(f"icon: unknown {unknown}")
    one_of("icon", name, _icons())
    return {"href": f"{static(SPRITE)}#{name}", "class": props.get("class", "")}


@register.inclusion_tag("components/badge.html")
def badge(text: str, tone: str = "neutral", title: str = "") -> dict[str, Any]:
    """A state or a kind in a few words."""
    return {"text": text, "tone": one_of("tone", tone, TONES), "title": title}


@register.inclusion_tag("components/button.html")
def button(
    label: str,
    href: str | None = None,
    tone: str = "default",
    icon: str = "",
    type: str = "submit",
    name: str = "",
    value: str = "",
    form: str = "",
    formaction: str = "",
    confirm: str = "",
    opens: str = "",
    size: str = "",
    title: str = "",
    disabled: bool = False,
    save: bool = False,
    new_window: bool = False,
    download: bool = False,
) -> dict[str, Any]:
    """A link that looks like a button (href), or a button; `confirm` asks first, `opens` names a dialog, `save` is what
    Ctrl+S presses.

    An href that is given but empty is a mistake of the page (a name set in another block, say): it would become a button
    that does nothing."""
    if href == "":
        raise ValueError(f"button {label!r}: its href is empty")
    one_of("tone", tone, BUTTONS)
    one_of("size", size, ("", "small", "large"))
    marks = [mark for mark in (tone, size) if mark not in ("default", "")]
    classes = " ".join(["btn", *(f"btn-{mark}" for mark in marks)])
    return {**locals(), "type": "button" if opens else type}


@register.inclusion_tag("components/alert.html")
def alert(
    what: str, why: str = "", todo: str = "", tone: str = "info", href: str = "", link: str = ""
) -> dict[str, Any]:
    """What happened, why, what to do; `href` is the next step, one click away.

    A message in one piece (of a RuleError, say) is cut behind its first sentence.
    """
    icon = ALERTS[one_of("tone", tone, ALERTS)]
    if not (why or todo):
        what, why = _first_sentence(str(what))
    elif what[-1] not in STOPS:
        what = f"{what}。"
    return locals()


@register.simple_block_tag
def notice(content: SafeString, title: str = "", tone: str = "info") -> str:
    """An alert with any content."""
    icon = ALERTS[one_of("tone", tone, ALERTS)]
    return render_to_string(
        "components/notice.html", {"content": content, "title": title, "tone": tone, "icon": icon}
    )


@register.inclusion_tag("components/alert.html")
def message_alert(message: Message) -> dict[str, Any]:
    """One of Django's messages as an alert."""
    tone = {"success": "good", "warning": "warn", "error": "bad"}.get(message.level_tag, "info")
    return alert(str(message), tone=tone)


@cache
def _icons() -> frozenset[str]:
    names = Path(settings.BASE_DIR, "tools", "icons.txt").read_text()
    return frozenset(names.split())


def _first_sentence(text: str) -> tuple[str, str]:
    head, stop, rest = text.partition("。")
    return head + stop, rest
