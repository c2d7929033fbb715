"""The text of a check-in code: a sentence for other apps (F13), then a token that only we can make.

A token is the meeting's uuid, the time step and a keyed hash of both; step 0 is the printable code. It says nothing
about the meeting to who can't ask our server, and an expired one is still known as ours.
"""

import base64
import binascii
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from django.conf import settings
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

SENTENCE = "请在三晋先锋进行中的会议里扫码"
LABEL = "签到码"
PRINT = 0
UUID_BYTES, STEP_BYTES, MAC_BYTES = 16, 4, 12


@dataclass(frozen=True)
class Code:
    """A genuine code: whose, and of which time step (`PRINT` for the printable one)."""

    meeting: UUID
    step: int

    @property
    def printable(self) -> bool:
        return self.step == PRINT

    def fresh_at(self, now: datetime) -> bool:
        """The current step and the grace steps before it (threats.md), by the server's clock."""
        return self.printable or 0 <= step_at(now) - self.step <= settings.MEETING_CODE_GRACE_STEPS


def step_at(now: datetime) -> int:
    return int(now.timestamp()) // settings.MEETING_CODE_STEP_SECONDS


def expires_at(now: datetime) -> datetime:
    """When the screen should show the next code."""
    seconds = (step_at(now) + 1) * settings.MEETING_CODE_STEP_SECONDS
    return datetime.fromtimestamp(seconds, tz=UTC)


def rotating_text(meeting: UUID, now: datetime | None = None) -> str:
    return _text(meeting, step_at(now or timezone.now()))


def printable_text(meeting: UUID) -> str:
    return _text(meeting, PRINT)


def read(text: str) -> Code | None:
    """The code in a scanned text, or None if we did not make it."""
    text = text.strip()
    if not text.startswith(SENTENCE):
        return None
    token = text[len(SENTENCE) :].strip()
    try:
        raw = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
    except (binascii.Error, ValueError):
        return None
    body, mac = raw[: UUID_BYTES + STEP_BYTES], raw[UUID_BYTES + STEP_BYTES :]
    if len(raw) != UUID_BYTES + STEP_BYTES + MAC_BYTES or not _genuine(body, mac):
        return None
    return Code(UUID(bytes=body[:UUID_BYTES]), int.from_bytes(body[UUID_BYTES:], "big"))


def _text(meeting: UUID, step: int) -> str:
    body = meeting.bytes + step.to_bytes(STEP_BYTES, "big")
    token = base64.urlsafe_b64encode(body + _mac(body, settings.SECRET_KEY)).decode().rstrip("=")
    return f"{SENTENCE} {token}"


def _mac(body: bytes, secret: str) -> bytes:
    return salted_hmac("meetings.codes", body, secret=secret, algorithm="sha256").digest()[:MAC_BYTES]


def _genuine(body: bytes, mac: bytes) -> bool:
    # Printed sheets outlive a change of SECRET_KEY for as long as the old key is a fallback.
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return any(constant_time_compare(_mac(body, key), mac) for key in keys)
