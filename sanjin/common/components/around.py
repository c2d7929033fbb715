"""What stands around a page's content: the way to it, its help, dialogs, the tree beside it."""

from typing import Any

from django.template import Context, Library
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from .props import one_of

register = Library()


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


@register.inclusion_tag("components/tree_panel.html", takes_context=True)
def tree_panel(context: Context, current: Any = None, links: str = "filter") -> dict[str, Any]:
    """The tree of organisations beside a list; `links`: `filter` (?organization=) or `page` (its own). Nothing for a
    branch admin, whose tree is one node."""
    one_of("links", links, ("filter", "page"))
    query = f"links={links}" + (f"&current={current}" if current else "")
    frame = context["frame"]
    return {
        "shown": not (frame.organization and frame.organization.is_branch),
        "href": frame.tree_href,
        "query": query,
    }


def _section(context: Context) -> Any:
    frame = context["frame"]
    current = context.get("menu") or frame.current
    return next((item for item in frame.menu if item.key == current), None)
