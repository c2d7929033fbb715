"""Bells: ids in, one action called."""

from celery import shared_task


@shared_task
def sweep() -> None:
    """Every ten minutes: put away what time has ended. Nothing depends on it; it keeps tables small."""
    from accounts.actions.sweeping import put_away  # noqa: PLC0415  tasks lie below actions

    put_away()
