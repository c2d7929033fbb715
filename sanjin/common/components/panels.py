"""What a page shows: panels, numbers, facts, where a thing stands."""

from typing import Any

from django.template import Library
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from sanjin.common import formats

from .props import one_of

register = Library()

STEPS = ("done", "current", "todo", "late", "stopped")


@register.simple_block_tag
def card(
    content: SafeString,
    title: str = "",
    note: str = "",
    link: str = "",
    href: str = "",
    id: str = "",
    flush: bool = False,
) -> str:
    """A white panel; `link` and `href` lead to the whole of what it shows; `flush` when a table fills it."""
    return render_to_string("components/card.html", locals())


@register.inclusion_tag("components/stat.html")
def stat(
    label: str,
    value: Any,
    unit: str = "",
    note: str = "",
    href: str = "",
    tone: str = "",
    note_href: str = "",
) -> dict[str, Any]:
    """One number that opens into the list behind it; with `note_href` the note opens into another one."""
    return {**locals(), "tone": one_of("tone", tone, ("", "good", "warn", "bad"))}


@register.inclusion_tag("components/fact.html")
def fact(label: str, value: Any, href: str = "", note: str = "", wide: bool = False) -> dict[str, Any]:
    """A name and its value, inside <dl class="facts">; nothing is shown as 未填."""
    return {**locals(), "value": "未填" if value in (None, "") else value}


@register.inclusion_tag("components/steps.html")
def steps(items: list[dict[str, Any]]) -> dict[str, Any]:
    """Where a thing stands: [{label, note, state}], state in done, current, todo, late, stopped."""
    for item in items:
        one_of("state", item["state"], STEPS)
    return {"steps": items}


@register.inclusion_tag("components/waiting.html")
def waiting(who: str, what: str, since: Any = None, until: Any = None) -> dict[str, Any]:
    """Who acts next and since when (datetimes)."""
    return {
        "who": who,
        "what": what,
        "since": since and formats.moment(since),
        "until": until and formats.moment(until),
    }


@register.inclusion_tag("components/formula.html")
def formula(*lines: list[dict[str, Any]], note: str = "") -> dict[str, Any]:
    """A total with its numbers: each line is [{op, label, value, href}]; op is the sign before it."""
    return {"lines": lines, "note": note}


@register.inclusion_tag("components/progress.html")
def progress(
    done: int, total: int | None, failed: int = 0, running: bool = False, label: str = "进度"
) -> dict[str, Any]:
    """A bar: `done` counts all that were handled, `failed` among them; no total yet means waiting."""
    share = 100 / total if total else 0
    return {
        "percent": round(done * share),
        "good_width": f"{(done - failed) * share:.2f}",
        "failed_width": f"{failed * share:.2f}",
        "running": running,
        "waiting": running and not total,
        "label": label,
    }


@register.inclusion_tag("components/empty.html")
def empty(title: str, text: str = "", href: str = "", label: str = "", icon: str = "inbox") -> dict[str, Any]:
    """An empty list: what will stand here, and how to make it."""
    return locals()
