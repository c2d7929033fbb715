"""Bells: ids in, one action called."""

from celery import shared_task


@shared_task
def expire_parts() -> None:
    """Each day: registers that were handed down and not imported in time are emptied (F32)."""
    from members.actions import parts  # noqa: PLC0415  tasks lie below actions

    parts.expire_parts()


@shared_task
def sweep() -> None:
    """Each minute (F28): sheets of slips whose time is over are deleted, and codes whose bell was lost are sent."""
    from members.actions import code_requests, sheets  # noqa: PLC0415  tasks lie below actions

    sheets.purge_sheets()
    code_requests.send_codes()


@shared_task
def send_reset_codes() -> None:
    """Send the codes for setting a password that were asked for by SMS."""
    from members.actions import code_requests  # noqa: PLC0415  as above

    code_requests.send_codes()
