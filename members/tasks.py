"""Bells: ids in, one action called."""

import logging

from celery import shared_task

log = logging.getLogger(__name__)


@shared_task
def expire_parts() -> None:
    """Each day: registers that were handed down and not imported in time are emptied (F32)."""
    from members.actions import parts  # noqa: PLC0415  tasks lie below actions

    parts.expire_parts()


@shared_task
def sweep() -> None:
    """Each minute: sheets of slips whose time is over are deleted (F28)."""
    from members.actions import sheets  # noqa: PLC0415  tasks lie below actions

    sheets.purge_sheets()


@shared_task
def send_reset_code(member_id: int) -> None:
    """Send a code for setting the password by SMS. 0 stands for an unknown account, for which the same bell is rung."""
    from accounts.sms import SmsError  # noqa: PLC0415  tasks lie below actions
    from members.actions.passwords import send_code  # noqa: PLC0415  as above
    from members.models import Member  # noqa: PLC0415  as above

    member = Member.objects.present().filter(pk=member_id).first()
    if member is None:
        return
    try:
        send_code(member)
    except SmsError as error:
        log.warning("sms not sent to member %s: %s", member_id, error)
