"""Words and tones of meetings for templates."""

from collections.abc import Iterable

from django.template import Library

from meetings.enums import Phase
from meetings.models import Meeting, Minutes
from meetings.queries import progress
from meetings.queries.people import Quorum
from sanjin.common.formats import moment

register = Library()

TONES = {
    Phase.DRAFT: "neutral",
    Phase.SCHEDULED: "info",
    Phase.RUNNING: "brand",
    Phase.AWAITING_MINUTES: "warn",
    Phase.CLOSED: "good",
    Phase.CANCELLED: "neutral",
}


@register.filter
def phase_tone(meeting: Meeting) -> str:
    """The badge's tone for where a meeting stands."""
    return TONES[meeting.phase]


@register.filter
def waited(meeting: Meeting) -> str:
    """How long the minutes have been due."""
    return progress.waited(meeting)


@register.filter
def on_paper(meeting: Meeting) -> str:
    """The meeting's time in full."""
    return progress.when(meeting)


@register.filter
def names(rows: Iterable) -> str:
    """甲支部、乙支部."""
    return "、".join(str(row) for row in rows)


@register.filter
def quorum_text(quorum: Quorum) -> str:
    """rules.md §4 with the meeting's own numbers."""
    verdict = "已达半数" if quorum.reached else f"还差 {quorum.needed - quorum.present} 人达到半数"
    return f"应到 {quorum.voters} 人，到会 {quorum.present} 人，{verdict}"


@register.filter
def version_note(minutes: Minutes) -> str:
    """Whose words, since when."""
    return f"第 {minutes.version} 版 · {minutes.author} · {moment(minutes.at)}"
