"""What time has ended is put away; what still counts stays."""

from datetime import timedelta

import pytest
from captcha.models import CaptchaStore
from django.utils import timezone

from accounts import captcha
from accounts.actions import guard
from accounts.models import LoginGuard
from accounts.tasks import sweep

pytestmark = pytest.mark.django_db


def test_sweep_keeps_running_locks_fresh_captchas_and_known_devices():
    past, later = timezone.now() - timedelta(hours=2), timezone.now() + timedelta(minutes=30)
    rows = {
        "over": {"device": "", "failures": 2, "window_ends_at": past},
        "was locked": {"device": "", "failures": 5, "window_ends_at": past, "locked_until": past},
        "locked": {"device": "", "failures": 5, "window_ends_at": past, "locked_until": later},
        "counting": {"device": "", "failures": 2, "window_ends_at": later},
        "known": {"device": "d" * 32, "failures": 0, "window_ends_at": past},
        "forgotten": {"device": "d" * 32, "failures": 0, "window_ends_at": past - timedelta(days=400)},
    }
    for name, values in rows.items():
        LoginGuard.objects.create(key=guard.admin_key(name), **values)
    fresh, stale = captcha.new_challenge("a"), captcha.new_challenge("b")
    CaptchaStore.objects.filter(hashkey=stale).update(expiration=past)
    sweep()
    kept = {bytes(key) for key in LoginGuard.objects.values_list("key", flat=True)}
    assert kept == {guard.admin_key(name) for name in ("locked", "counting", "known")}
    assert list(CaptchaStore.objects.values_list("hashkey", flat=True)) == [fresh]
