"""Bells of this app."""

from celery import shared_task


@shared_task
def remind_late_minutes() -> int:
    """F14: remind organisers whose minutes are due (rung every 10 minutes by beat). Returns how many meetings."""
    from meetings.actions.reminders import remind_due  # noqa: PLC0415  a task lies below the action that it rings for

    return remind_due()
