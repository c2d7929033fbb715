"""The captcha of the login (F17): readable, one use, five minutes, bound to the browser or device that asked for it.

django-simple-captcha reads a row and then deletes it, so that one right answer sent by many threads at once is accepted
many times (threats.md). Here the row is taken by ONE `DELETE … RETURNING`: whoever gets the row back has the answer.
"""

import secrets
from datetime import timedelta
from hmac import compare_digest
from typing import Any

from captcha.models import CaptchaStore
from django.conf import settings
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac

# Without the pairs that people mix up in print: 0 O Q D, 1 I L J, 2 Z, 5 S, 6 G, 8 B, U V.
ALPHABET = "ACEFHKMNPRTWXY3479"
NONCE = 20  # hex digits; the other 20 of the key are the binding


def readable_challenge() -> tuple[str, str]:
    """What the picture shows, and the answer; case does not matter."""
    text = "".join(secrets.choice(ALPHABET) for _ in range(settings.CAPTCHA_LENGTH))
    return text, text.lower()


def _binding(nonce: str, owner: str) -> str:
    return salted_hmac("accounts.captcha", f"{nonce}|{owner}", algorithm="sha256").hexdigest()[:NONCE]


def new_challenge(owner: str) -> str:
    """Make a challenge that only `owner` (the browser's device id, or an app's) can answer. Returns its key."""
    challenge, response = readable_challenge()
    nonce = secrets.token_hex(NONCE // 2)
    row = CaptchaStore.objects.create(
        challenge=challenge,
        response=response,
        hashkey=nonce + _binding(nonce, owner),
        expiration=timezone.now() + timedelta(minutes=settings.CAPTCHA_TIMEOUT),
    )
    return row.hashkey


def offer(owner: str) -> dict[str, Any]:
    """A new challenge for a client: {captcha_key, captcha_image (address of the picture)}."""
    key = new_challenge(owner)
    return {"captcha_key": key, "captcha_image": reverse("captcha-image", args=[key])}


def take(key: str, answer: str, *, owner: str) -> bool:
    """Whether `answer` is right; the challenge is used up either way."""
    if not compare_digest(key[NONCE:].encode(), _binding(key[:NONCE], owner).encode()):
        return False
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM captcha_captchastore WHERE hashkey = %s RETURNING response, expiration", [key]
        )
        row = cursor.fetchone()
    if row is None or row[1] < timezone.now():
        return False
    given = answer.strip().lower()
    if settings.CAPTCHA_TEST_MODE and given == "passed":
        return True
    return compare_digest(row[0].encode(), given.encode())
