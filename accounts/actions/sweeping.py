"""Putting away what time has ended: captchas, counters of unknown devices, tokens, sessions."""

from datetime import timedelta

from captcha.models import CaptchaStore
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db.models import Q
from django.utils import timezone

from accounts.actions.guard import UNKNOWN
from accounts.models import DeviceToken, LoginGuard


def put_away() -> dict[str, int]:
    """Delete expired rows; kind → how many. Known devices stay known while they are used."""
    now = timezone.now()
    over = Q(locked_until__isnull=True) | Q(locked_until__lte=now)
    unused = now - timedelta(days=settings.DEVICE_KNOWN_DAYS)
    ended = {
        "captchas": CaptchaStore.objects.filter(expiration__lt=now),
        "counters": LoginGuard.objects.filter(over, device=UNKNOWN, window_ends_at__lt=now),
        "devices": LoginGuard.objects.filter(over, window_ends_at__lt=unused).exclude(device=UNKNOWN),
        "tokens": DeviceToken.objects.filter(expiry__lt=now),
        "sessions": Session.objects.filter(expire_date__lt=now),
    }
    return {kind: rows.delete()[0] for kind, rows in ended.items()}
