"""The lock (F35): five attempts for (what was typed as the account, unknown device), then one hour.

An attempt is counted BEFORE the password is looked at, by one upsert, and given back when the password was right. So 64
requests at the same moment get five looks at the password and not 64. What was typed need not exist: known and unknown
accounts count, lock and answer alike.
"""

import ipaddress
import logging
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Max
from django.utils import timezone

from accounts.models import LoginGuard
from sanjin.common.errors import RuleError
from sanjin.common.formats import minute
from sanjin.common.sealing import blind_index

log = logging.getLogger(__name__)

MINUTE = 60
UNKNOWN = ""  # all devices that never logged in to this account, together

# One row per (key, device). A row whose window or lock is over starts again at 1; a locked row is left as it is, and
# then nothing is returned.
TAKE = """
INSERT INTO accounts_loginguard AS guard (key, device, failures, window_ends_at, locked_until)
VALUES (%(key)s, %(device)s, 1, %(window)s, CASE WHEN %(most)s <= 1 THEN %(lock)s::timestamptz END)
ON CONFLICT (key, device) DO UPDATE SET
    failures = CASE WHEN guard.locked_until IS NOT NULL OR guard.window_ends_at <= %(now)s
                    THEN 1 ELSE guard.failures + 1 END,
    window_ends_at = CASE WHEN guard.locked_until IS NOT NULL OR guard.window_ends_at <= %(now)s
                          THEN %(window)s ELSE guard.window_ends_at END,
    locked_until = CASE WHEN (CASE WHEN guard.locked_until IS NOT NULL OR guard.window_ends_at <= %(now)s
                                   THEN 1 ELSE guard.failures + 1 END) >= %(most)s
                        THEN %(lock)s::timestamptz END
WHERE guard.locked_until IS NULL OR guard.locked_until <= %(now)s
RETURNING failures, locked_until
"""


@dataclass(frozen=True)
class Attempt:
    """`number` of `most`; `locked_until` stands when this was the last one."""

    number: int
    most: int
    locked_until: datetime | None

    @property
    def left(self) -> int:
        return self.most - self.number


def admin_key(name: str) -> bytes:
    """The counter's key of an admin account, whether it exists or not."""
    return blind_index(f"admin|{name}")


def account_key(pk: int, purpose: str) -> bytes:
    """The counter's key of something that who is logged in may not try too often."""
    return blind_index(f"{purpose}|account|{pk}")


def address_key(address: str | None, purpose: str = "login") -> bytes:
    """IPv6 addresses count by their /64, which one household or office has whole."""
    text = address or ""
    try:
        parsed = ipaddress.ip_address(text)
    except ValueError:
        return blind_index(f"{purpose}|address|{text}")
    if parsed.version == 6:
        text = str(ipaddress.ip_network((parsed, 64), strict=False))
    return blind_index(f"{purpose}|address|{text}")


def known_device(key: bytes, device: str) -> bool:
    """Whether this device has logged in to this account before (a row without failures is what success leaves)."""
    return bool(device) and LoginGuard.objects.filter(key=key, device=device).exists()


def standing(key: bytes, device: str) -> tuple[int, datetime | None]:
    """(failures in the running window, locked until) of the counter that this device has."""
    counter = device if known_device(key, device) else UNKNOWN
    now = timezone.now()
    row = LoginGuard.objects.filter(key=key, device=counter, window_ends_at__gt=now).first()
    if row is None:
        return 0, None
    return row.failures, row.locked_until if row.locked_until and row.locked_until > now else None


def locked_until(keys: Collection[bytes]) -> dict[bytes, datetime]:
    """Until when each of these counters keeps some device out; without those that don't. One query for a page of a list."""
    rows = LoginGuard.objects.filter(key__in=keys, locked_until__gt=timezone.now())
    return {bytes(key): until for key, until in rows.values_list("key").annotate(Max("locked_until"))}


def lock_in_words(key: bytes) -> str:
    """What the page of an account says while some device is kept out after wrong passwords (F35); '' if none is."""
    until = locked_until([key]).get(key)
    return f"连续输错密码，锁定至 {minute(until)}。" if until else ""


def take(key: bytes, device: str, *, most: int, window: int, lock: int) -> Attempt | datetime:
    """Count one attempt; an Attempt, or the time until which the row is locked. window, lock: seconds."""
    now = timezone.now()
    values: dict[str, Any] = {
        "key": key,
        "device": device,
        "most": most,
        "now": now,
        "window": now + timedelta(seconds=window),
        "lock": now + timedelta(seconds=lock),
    }
    with connection.cursor() as cursor:
        cursor.execute(TAKE, values)
        row = cursor.fetchone()
        if row:
            return Attempt(row[0], most, row[1])
        cursor.execute(
            "SELECT locked_until FROM accounts_loginguard WHERE key = %s AND device = %s", [key, device]
        )
        found = cursor.fetchone()
    return (found and found[0]) or now


def take_attempt(key: bytes, device: str, *, who: str) -> Attempt:
    """Count an attempt to log in. RuleError `locked` (429; data `locked_until` ISO 8601, `who`) when there is none."""
    result = take(
        key,
        device if known_device(key, device) else UNKNOWN,
        most=settings.LOGIN_FAILURES_TO_LOCK,
        window=settings.LOGIN_LOCK_SECONDS,
        lock=settings.LOGIN_LOCK_SECONDS,
    )
    if isinstance(result, datetime):
        raise locked(result, who=who)
    return result


def locked(until: datetime, *, who: str) -> RuleError:
    """The sentence of F35: until when, and which role can unfreeze. The same for accounts that don't exist."""
    return RuleError(
        "locked",
        f"密码连续输错 {settings.LOGIN_FAILURES_TO_LOCK} 次，账号已锁定至 {minute(until)}。"
        f"请到时再试；如急需使用，请联系{who}解锁。",
        status=429,
        locked_until=timezone.localtime(until).isoformat(timespec="seconds"),
        who=who,
    )


def remember(key: bytes, device: str) -> None:
    """After success: the counter starts again, and the device is known from now on."""
    now = timezone.now()
    if not known_device(key, device):
        LoginGuard.objects.filter(key=key, device=UNKNOWN).delete()
    if device:
        LoginGuard.objects.update_or_create(
            key=key, device=device, defaults={"failures": 0, "window_ends_at": now, "locked_until": None}
        )


def forgive(key: bytes) -> int:
    """Unlock (F35). Known devices stay known. Returns how many counters were locked or had failures."""
    rows = LoginGuard.objects.filter(key=key).exclude(failures=0)
    count = rows.count()
    rows.filter(device=UNKNOWN).delete()
    rows.update(failures=0, locked_until=None, window_ends_at=timezone.now())
    return count


def refuse_busy_address(address: str | None) -> None:
    """RuleError `throttled` (429) when too much failed from this address, whatever the accounts."""
    row = LoginGuard.objects.filter(
        key=address_key(address), device=UNKNOWN, locked_until__gt=timezone.now()
    ).first()
    if row and row.locked_until:
        raise _throttled(row.locked_until)


def refuse_flood(key: bytes, device: str, *, purpose: str = "login") -> None:
    """RuleError `throttled` (429) when more fails in a minute, in total, than people mistype: unknown devices wait for the
    minute's end, known ones are let through, so that a flood locks nobody out who has logged in here before. Each
    purpose (`login`, `reset`) has its own total: a flood of one leaves the other alone."""
    row = LoginGuard.objects.filter(
        key=blind_index(f"{purpose}|total"), device=UNKNOWN, locked_until__gt=timezone.now()
    ).first()
    if row and row.locked_until and not known_device(key, device):
        raise _throttled(row.locked_until)


def note_failure(address: str | None, *, purpose: str = "login") -> None:
    """Count a failure against the address, and in the total of its purpose."""
    take(
        blind_index(f"{purpose}|total"),
        UNKNOWN,
        most=settings.RESET_TOTAL_FAILURES if purpose == "reset" else settings.LOGIN_TOTAL_FAILURES,
        window=MINUTE,
        lock=MINUTE,
    )
    take(
        address_key(address),
        UNKNOWN,
        most=settings.LOGIN_ADDRESS_FAILURES,
        window=settings.LOGIN_LOCK_SECONDS,
        lock=settings.LOGIN_ADDRESS_LOCK_SECONDS,
    )


def log_failure(what: str, key: bytes) -> None:
    """A line for whoever watches the logs. The key is a keyed hash: it tells attempts on one account from those on many,
    and not which account."""
    log.info("%s failed, key %s", what, key.hex()[:16])


def throttle(key: bytes, *, most: int, seconds: int) -> None:
    """Let `most` calls with this key pass in a window of `seconds`. RuleError `throttled` (429) after that."""
    result = take(key, UNKNOWN, most=most + 1, window=seconds, lock=seconds)
    if isinstance(result, datetime):
        raise _throttled(result)
    if result.locked_until:
        raise _throttled(result.locked_until)


def _throttled(until: datetime) -> RuleError:
    return RuleError(
        "throttled",
        f"操作过于频繁，为保护账号安全已暂停到 {minute(until)}。请到时再试。",
        status=429,
        until=timezone.localtime(until).isoformat(timespec="seconds"),
    )
