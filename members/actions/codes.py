"""One-time codes with which a member sets a password (F28): on a slip from the branch admin, or by SMS.

Only a keyed HMAC of a code is stored. A look at a code is counted before it is compared, and a code is taken by one
DELETE: five wrong ones kill it, and the right one works once, however many requests come at the same moment.
"""

import secrets
from datetime import datetime, timedelta

from django.db import connection
from django.utils import timezone

from accounts.hashers import ALPHABET, normalize_one_time
from members.models import Member, ResetCode
from members.models.reset_code import ResetChannel
from sanjin.common.sealing import blind_index

MOST_FAILURES = 5
LASTS = {ResetChannel.SLIP: timedelta(days=7), ResetChannel.SMS: timedelta(minutes=10)}


def _draw(channel: str) -> str:
    if channel == ResetChannel.SMS:
        return f"{secrets.randbelow(10**6):06d}"
    text = "".join(secrets.choice(ALPHABET) for _ in range(8))
    return f"{text[:4]}-{text[4:]}"


def _hash(member: Member, channel: str, code: str) -> bytes:
    return blind_index(f"reset|{member.uuid}|{channel}|{normalize_one_time(code)}")


def new_code(member: Member, channel: str) -> tuple[str, datetime]:
    """Draw a code in place of an earlier one of the same channel. Returns (code in clear, valid until)."""
    code, until = _draw(channel), timezone.now() + LASTS[ResetChannel(channel)]
    ResetCode.objects.update_or_create(
        member=member,
        channel=channel,
        defaults={"code_hash": _hash(member, channel, code), "expires_at": until, "failures": 0},
    )
    return code, until


def take_code(member: Member, code: str) -> str | None:
    """The channel of the code if it is right, which uses it up; None counts against every code of the member."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE members_resetcode SET failures = failures + 1"
            " WHERE member_id = %s AND failures < %s AND expires_at > %s RETURNING id, channel",
            [member.pk, MOST_FAILURES, timezone.now()],
        )
        for pk, channel in cursor.fetchall():
            cursor.execute(
                "DELETE FROM members_resetcode WHERE id = %s AND code_hash = %s RETURNING channel",
                [pk, _hash(member, channel, code)],
            )
            if row := cursor.fetchone():
                return str(row[0])
    return None
