"""The components of the back office. How to build a page with them: docs/components.md.

Each is a plain Django tag, so its props are its signature: an unknown or a missing one fails when the
template is compiled. Props with a fixed set of values raise ValueError for any other.
"""

from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.messages.storage.base import Message
from django.forms import BaseForm
from django.template import Context, Library
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from sanjin.common import formats

register = Library()

TONES = ("neutral", "brand", "good", "warn", "bad", "info", "gold")
ALERTS = {
    "good": "check-circle",
    "info": "info-circle",
    "warn": "exclamation-triangle",
    "bad": "exclamation-circle",
}
BUTTONS = ("default", "primary", "danger", "quiet", "link")
STEPS = ("done", "current", "todo", "late", "stopped")

SPRITE = "vendor/bootstrap-icons/icons.svg"


@cache
def _icons() -> frozenset[str]:
    names = Path(settings.BASE_DIR, "tools", "icons.txt").read_text()
    return frozenset(names.split())


def _one_of(prop: str, value: str, allowed: Any) -> str:
    if value not in allowed:
        raise ValueError(f"{prop}={value!r}: one of {', '.join(allowed)}")
    return value


def _first_sentence(text: str) -> tuple[str, str]:
    head, stop, rest = text.partition("。")
    return head + stop, rest


@register.inclusion_tag("components/icon.html")
def icon(name: str, **props: str) -> dict[str, Any]:
    """A Bootstrap icon by its name (tools/icons.txt); the only other prop is `class`."""
    if unknown := set(props) - {"class"}:
        raise ValueError(f"icon: unknown {unknown}")
    _one_of("icon", name, _icons())
    return {"href": f"{static(SPRITE)}#{name}", "class": props.get("class", "")}


@register.inclusion_tag("components/badge.html")
def badge(text: str, tone: str = "neutral", title: str = "") -> dict[str, Any]:
    """A state or a kind in a few words."""
    return {"text": text, "tone": _one_of("tone", tone, TONES), "title": title}


@register.inclusion_tag("components/button.html")
def button(
    label: str,
    href: str = "",
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
    new_window: bool = False,
    download: bool = False,
) -> dict[str, Any]:
    """A link that looks like a button (href), or a button; `confirm` asks first, `opens` names a dialog."""
    _one_of("tone", tone, BUTTONS)
    _one_of("size", size, ("", "small", "large"))
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
    icon = ALERTS[_one_of("tone", tone, ALERTS)]
    if not (why or todo):
        what, why = _first_sentence(str(what))
    return locals()


@register.simple_block_tag
def notice(content: SafeString, title: str = "", tone: str = "info") -> str:
    """An alert with any content."""
    icon = ALERTS[_one_of("tone", tone, ALERTS)]
    return render_to_string(
        "components/notice.html", {"content": content, "title": title, "tone": tone, "icon": icon}
    )


@register.inclusion_tag("components/alert.html")
def message_alert(message: Message) -> dict[str, Any]:
    """One of Django's messages as an alert."""
    tone = {"success": "good", "warning": "warn", "error": "bad"}.get(message.level_tag, "info")
    return alert(str(message), tone=tone)


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
    label: str, value: Any, unit: str = "", note: str = "", href: str = "", tone: str = ""
) -> dict[str, Any]:
    """One number that opens into the list behind it."""
    return {**locals(), "tone": _one_of("tone", tone, ("", "good", "warn", "bad"))}


@register.inclusion_tag("components/fact.html")
def fact(label: str, value: Any, href: str = "", note: str = "", wide: bool = False) -> dict[str, Any]:
    """A name and its value, inside <dl class="facts">; nothing is shown as 未填."""
    return {**locals(), "value": "未填" if value in (None, "") else value}


@register.inclusion_tag("components/steps.html")
def steps(items: list[dict[str, Any]]) -> dict[str, Any]:
    """Where a thing stands: [{label, note, state}], state in done, current, todo, late, stopped."""
    for item in items:
        _one_of("state", item["state"], STEPS)
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


def _section(context: Context) -> Any:
    frame = context["frame"]
    current = context.get("menu") or frame.current
    return next((item for item in frame.menu if item.key == current), None)


@register.simple_tag(takes_context=True)
def section_crumb(context: Context) -> str:
    """The first step of the way: the menu's line that this page belongs to."""
    section = _section(context)
    return crumb(section.label, section.href) if section else ""


@register.simple_tag(takes_context=True)
def usual_crumbs(context: Context) -> str:
    """The menu's line and the page's title, once when they are the same."""
    title = context.get("title", "")
    section = _section(context)
    before = crumb(section.label, section.href) if section and section.label != title else ""
    return format_html("{}{}", before, crumb(title))


@register.simple_tag
def crumb(label: str, href: str = "") -> str:
    """A step of the way to this page; the last has no address."""
    if href:
        return format_html('<li><a href="{}">{}</a></li>', href, label)
    return format_html('<li aria-current="page">{}</li>', label)


@register.simple_block_tag
def help(content: SafeString) -> str:
    """The `?` beside the heading: <dt>question</dt><dd>answer</dd> …"""
    return render_to_string("components/help.html", {"content": content})


@register.simple_block_tag
def dialog(content: SafeString, id: str, title: str, wide: bool = False) -> str:
    """A dialog that a button with `opens` shows; its content holds .dialog-body and .dialog-foot."""
    return render_to_string("components/dialog.html", locals())


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
def save_bar(label: str = "保存", cancel: str = "", note: str = "", danger: bool = False) -> dict[str, Any]:
    """The foot of a form; Ctrl+S presses its first button."""
    return locals()


@register.inclusion_tag("components/filter_bar.html")
def filter_bar(listing: Any, first: int = 4) -> dict[str, Any]:
    """The filters of a listing: the first few in sight, the others folded unless one of them is in use."""
    form = listing.filter.form
    fields = form.visible_fields()
    more = fields[first:]
    return {
        "hidden": form.hidden_fields(),
        "first": fields[:first],
        "more": more,
        "open": any(field.value() for field in more),
        "used": sum(bool(field.value()) for field in fields),
    }


@register.inclusion_tag("components/table.html", takes_context=True)
def table(context: Context, listing: Any, tools: str = "") -> dict[str, Any]:
    """A listing's rows with headings that sort, chosen columns, selection, batch actions and pages.

    `tools` is the name of a template for the buttons at the right above it (export, add).
    """
    around = context.flatten() if tools else {"csrf_token": context.get("csrf_token")}
    return {**around, "listing": listing, "tools": tools}


@register.inclusion_tag("components/pages.html")
def pages(listing: Any) -> dict[str, Any]:
    """Count and pages of a listing (the table has its own)."""
    return {"listing": listing}


@register.inclusion_tag("components/tree_panel.html", takes_context=True)
def tree_panel(context: Context, current: Any = None, links: str = "filter") -> dict[str, Any]:
    """The tree of organisations beside a list; `links`: `filter` (?organization=) or `page` (its own). Nothing for a
    branch admin, whose tree is one node."""
    _one_of("links", links, ("filter", "page"))
    query = f"links={links}" + (f"&current={current}" if current else "")
    frame = context["frame"]
    return {
        "shown": not (frame.organization and frame.organization.is_branch),
        "href": frame.tree_href,
        "query": query,
    }


@register.inclusion_tag("components/rules.html")
def password_rules(rules: list[dict[str, str]], field: str) -> dict[str, Any]:
    """Rules that tick off while typing: [{label, pattern}]; `field` is the input's id, pattern for JS."""
    return {"rules": rules, "field": field}


register.filter("score", formats.score)
register.filter("average", formats.average)
register.filter("money", formats.money)
register.filter("day", formats.day)
register.filter("moment", formats.moment)
register.filter("month", formats.month)


@register.filter
def until(start: Any, end: Any) -> str:
    """{{ meeting.starts_at|until:meeting.ends_at }} → 2026年11月22日 15:00–16:30."""
    return formats.span(start, end)
