"""`{% load ui %}`: the components (`sanjin.common.components`) and the filters that write days, times and numbers."""

from typing import Any

from django.template import Library

from sanjin.common import formats
from sanjin.common.components import around, forms, lists, marks, panels

register = Library()
for subject in (marks, panels, around, forms, lists):
    register.tags |= subject.register.tags

register.filter("score", formats.score)
register.filter("average", formats.average)
register.filter("money", formats.money)
register.filter("day", formats.day)
register.filter("moment", formats.moment)
register.filter("minute", formats.minute)
register.filter("month", formats.month)


@register.filter
def until(start: Any, end: Any) -> str:
    """{{ meeting.starts_at|until:meeting.ends_at }} → 今天 15:00–16:30, or 11月22日 15:00–16:30."""
    return formats.span(start, end)
