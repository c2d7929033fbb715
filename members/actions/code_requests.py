"""Codes by SMS (F28): asked for in a request, drawn and sent by the worker, so that nothing waits for the gateway."""

import logging

from django.db import connection, transaction
from django.utils import timezone

from accounts import sms
from members.actions.codes import LASTS, new_code
from members.models import CodeRequest, Member
from members.models.reset_code import ResetChannel
from members.queries.login import member_by_account
from members.tasks import send_reset_codes
from sanjin.common.audit import audited
from sanjin.common.bell import ring

log = logging.getLogger(__name__)

AT_ONCE = 50  # of one bell: a silent gateway takes 5 seconds for each; the next bell or sweep goes on
TAKE = """
DELETE FROM members_coderequest WHERE id = (
    SELECT id FROM members_coderequest ORDER BY asked_at LIMIT 1 FOR UPDATE SKIP LOCKED
) RETURNING key, asked_at
"""


def request_code(key: bytes) -> None:
    """Leave word for the worker and ring. key: blind index of the account, for which the same is done whether anybody has
    it or not: who there is to write to is found out by the worker."""
    with transaction.atomic():
        CodeRequest.objects.bulk_create(
            [CodeRequest(key=key, asked_at=timezone.now())],
            update_conflicts=True,
            unique_fields=["key"],
            update_fields=["asked_at"],
        )
        ring(send_reset_codes)


def send_codes() -> int:
    """Send what was asked for; returns how many were. By a bell, and by the minute's sweep if the bell was lost.

    A request is taken away and its code drawn in one transaction, and then the gateway is asked: of two workers only one has
    it, so nothing is sent twice. A worker that dies between the two, or a gateway that refuses, costs the one code: the
    member, who was told that it takes a minute, asks again.
    """
    gateway, sent = sms.gateway(), 0
    for _ in range(AT_ONCE):
        with transaction.atomic():
            taken = _take()
            if taken is None:
                return sent
            message = _drawn(*taken) if gateway else None
        if gateway and message and _sent(gateway, *message):
            sent += 1
    return sent


def _take() -> tuple[bytes, bool] | None:
    """The oldest request that no other worker has: (key, whether anybody still waits for it); None if there is none."""
    with connection.cursor() as cursor:
        cursor.execute(TAKE)
        row = cursor.fetchone()
    return (bytes(row[0]), row[1] > timezone.now() - LASTS[ResetChannel.SMS]) if row else None


def _drawn(key: bytes, waited_for: bool) -> tuple[Member, str] | None:
    """`_draw`, or None if it fails: one request that can't be served is dropped, not asked again before all others."""
    try:
        with transaction.atomic():
            return _draw(key, waited_for)
    except Exception:
        log.exception("no code drawn")
        return None


def _draw(key: bytes, waited_for: bool) -> tuple[Member, str] | None:
    """Whom to write to, and a new code; None for an account that nobody has or that has no phone."""
    member = member_by_account(key) if waited_for else None
    if member is None or not member.phone:
        return None
    with audited("member.code_sent", actor=None, subject=member):
        code, _until = new_code(member, ResetChannel.SMS)
    return member, code


def _sent(gateway: sms.SmsGateway, member: Member, code: str) -> bool:
    try:
        gateway.send_code(member.phone, code)
    except sms.SmsError as error:
        log.warning("sms not sent to member %s: %s", member.pk, error)
        return False
    return True
