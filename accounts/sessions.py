"""The back office's sessions: a new key at login, 15 idle minutes, 12 hours at most (threats.md)."""

import time

from django.conf import settings
from django.contrib import auth
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from accounts.enums import AccountState
from accounts.models import Account

BACKEND = "accounts.backends.AdminBackend"
BEGAN, SEEN, ACTIVATING = "began", "seen", "activating"
WRITE_EVERY = 60  # seconds: the time of the last click is not written on every click
ACTIVATION_SECONDS = 30 * 60


def begin(request: HttpRequest, account: Account) -> None:
    """Log in: a new session key, whatever the browser brought."""
    request.session.pop(ACTIVATING, None)
    auth.login(request, account, backend=BACKEND)
    request.session[BEGAN] = request.session[SEEN] = int(time.time())


def is_over(request: HttpRequest) -> bool:
    """Whether this session was idle too long, or is too old; otherwise the click is noted."""
    now, session = int(time.time()), request.session
    began, seen = session.get(BEGAN, 0), session.get(SEEN, 0)
    if now - seen > settings.ADMIN_IDLE_SECONDS or now - began > settings.SESSION_COOKIE_AGE:
        return True
    # A page that refreshes itself is not a person at the desk.
    if now - seen >= WRITE_EVERY and not request.headers.get("X-Background"):
        session[SEEN] = now
    return False


def begin_activation(request: HttpRequest, account: Account) -> None:
    """Remember that this browser knows the one-time password. Nobody is logged in by that: until activation is done the
    request's user stays anonymous, so no other page opens."""
    request.session.flush()
    request.session[ACTIVATING] = [account.pk, account.get_session_auth_hash(), int(time.time())]


def activating(request: HttpRequest) -> Account | None:
    """The account that this browser may activate now, or None."""
    pk, proof, since = request.session.get(ACTIVATING) or (0, "", 0)
    if not pk or time.time() - since > ACTIVATION_SECONDS:
        return None
    account = Account.objects.admins().select_related("organization__type").filter(pk=pk).first()
    if account is None or account.state != AccountState.ISSUED:
        return None
    return account if constant_time_compare(proof, account.get_session_auth_hash()) else None
