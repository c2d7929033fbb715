"""A listing (`sanjin.common.lists`): its filters, its table, its pages."""

from typing import Any

from django.template import Context, Library

register = Library()


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
