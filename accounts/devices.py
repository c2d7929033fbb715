"""Which browser this is: a signed random number in a cookie. It says nothing about a person; together with an account it
tells a known device from an unknown one (F35), and a captcha belongs to it (F17)."""

import secrets

from django.http import HttpRequest, HttpResponse

COOKIE = "sanjin_device"
SALT = "accounts.devices"
LASTS = 400 * 24 * 3600  # the longest that browsers keep a cookie


def device_of(request: HttpRequest) -> str:
    """The browser's device id, or "" if it brought none that we signed."""
    return request.get_signed_cookie(COOKIE, default="", salt=SALT, max_age=LASTS)


def new_device() -> str:
    return secrets.token_hex(16)


def give_device(response: HttpResponse, device: str, *, secure: bool) -> None:
    response.set_signed_cookie(
        COOKIE, device, salt=SALT, max_age=LASTS, httponly=True, samesite="Lax", secure=secure
    )
