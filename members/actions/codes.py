"""One-time codes with which a member sets a password (F28): on a slip from the branch admin, or by SMS.

Only a keyed HMAC of a code is stored. A look at a code is counted before it is compared, and a code is taken by one
DELETE, so the right one works once, however many requests come at the same moment.

What bounds guessing, for the app asks for no captcha here:
- an SMS code has 10^6 values and dies with five wrong ones; an account gets five of them a day, so a guesser has 25
  looks in a million a day, and the owner asks for another one;
- a slip has 31^8 = 8.5 × 10^11 values and lasts 7 days. Nothing kills it, or any stranger could: a phone number is
  enough to send wrong codes. Ten tries an hour for (account, address), 100 failures an hour for an address, and 120 a
  minute in total (RESET_TOTAL_FAILURES) leave 1.2 million looks in 7 days, one chance in 700,000 for all slips together.
"""

import secrets
from datetime import datetime, timedelta

from django.db import connection
from django.utils import timezone

from accounts.hashers import ALPHABET, normalize_one_time
from members.models import Member, ResetCode
from members.models.reset_code import ResetChannel
from sanjin.common.sealing import blind_index

MOST_FAILURES = 5  # of an SMS code
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
    """The channel of the code if it is right, which uses it up; None counts against the member's SMS code."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE members_resetcode SET failures = least(failures + 1, %(most)s)"
            " WHERE member_id = %(member)s AND expires_at > %(now)s AND (failures < %(most)s OR channel <> %(mortal)s)"
            " RETURNING id, channel",
            {
                "member": member.pk,
                "now": timezone.now(),
                "most": MOST_FAILURES,
                "mortal": ResetChannel.SMS.value,
            },
        )
        for pk, channel in cursor.fetchall():
            cursor.execute(
                "DELETE FROM members_resetcode WHERE id = %s AND code_hash = %s RETURNING channel",
                [pk, _hash(member, channel, code)],
            )
            if row := cursor.fetchone():
                return str(row[0])
    return None
