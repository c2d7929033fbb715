"""A meeting's phase is its state and the clock, said twice side by side: `phase_of` for a row, `phase_q` for lists."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from meetings.enums import MeetingState, Phase

STORED = {
    MeetingState.DRAFT: Phase.DRAFT,
    MeetingState.CLOSED: Phase.CLOSED,
    MeetingState.CANCELLED: Phase.CANCELLED,
}


def opening() -> timedelta:
    """Check-in opens this long before the start."""
    return timedelta(minutes=settings.MEETING_OPENS_MINUTES_BEFORE)


def phase_of(state: str, starts_at: datetime, ends_at: datetime, now: datetime | None = None) -> Phase:
    """The phase of a meeting with this stored state and these times (F14, F49)."""
    if stored := STORED.get(MeetingState(state)):
        return stored
    now = now or timezone.now()
    if now < starts_at - opening():
        return Phase.SCHEDULED
    return Phase.RUNNING if now <= ends_at else Phase.AWAITING_MINUTES


def phase_q(phase: str, now: datetime | None = None) -> Q:
    """The same as a filter over Meeting: `phase_q(p)` matches a row exactly if its phase is `p`."""
    now = now or timezone.now()
    opens = now + opening()
    published = Q(state=MeetingState.PUBLISHED)
    return {
        Phase.SCHEDULED: published & Q(starts_at__gt=opens),
        Phase.RUNNING: published & Q(starts_at__lte=opens, ends_at__gte=now),
        Phase.AWAITING_MINUTES: published & Q(starts_at__lte=opens, ends_at__lt=now),
        Phase.DRAFT: Q(state=MeetingState.DRAFT),
        Phase.CLOSED: Q(state=MeetingState.CLOSED),
        Phase.CANCELLED: Q(state=MeetingState.CANCELLED),
    }[Phase(phase)]


def first_reminder(ends_at: datetime) -> datetime:
    """F14: organisers are reminded of the minutes one hour after the end, and then daily."""
    return ends_at + timedelta(hours=settings.MEETING_REMIND_AFTER_HOURS)


def next_reminder(ends_at: datetime, now: datetime) -> datetime:
    """The first reminder after `now` in the daily row that starts with `first_reminder`."""
    every = timedelta(hours=settings.MEETING_REMIND_EVERY_HOURS)
    first = first_reminder(ends_at)
    return first if now < first else first + (reminders_due(ends_at, now)) * every


def reminders_due(ends_at: datetime, now: datetime) -> int:
    """How many reminders should have been sent by `now`; the number of the newest one is its key."""
    every = timedelta(hours=settings.MEETING_REMIND_EVERY_HOURS)
    return max((now - first_reminder(ends_at)) // every + 1, 0)
