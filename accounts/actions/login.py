"""Logging in to the back office. Known and unknown accounts take the same time and give the same answers."""

from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar

from django.contrib.auth import hashers
from django.utils import timezone

from accounts import captcha
from accounts.enums import AccountState
from accounts.models import Account
from organizations.enums import OrganizationState
from sanjin.common.audit import audited
from sanjin.common.errors import RuleError

from . import guard

Found = TypeVar("Found")
SUPERIOR = "直属上级党委的管理员"
ONE_TIME_LASTS = timedelta(days=30)


def normalize_name(text: str) -> str:
    """An account name as it is stored, from what was typed."""
    return text.strip().lower()


def password_matches(account: Account | None, password: str) -> bool:
    """One slow hash in every case: for an account that doesn't exist, that has no password yet, or whose one-time
    password is checked fast, the time of argon2id is spent all the same."""
    encoded = account.password if account else ""
    slow = encoded.startswith(f"{hashers.get_hasher().algorithm}$")
    if not slow:
        hashers.make_password(password)
    return bool(encoded) and hashers.verify_password(password, encoded)[0]


def guarded(
    key: bytes,
    *,
    device: str,
    address: str | None,
    who: str,
    check: Callable[[], Found | None],
    note_lock: Callable[[], None],
) -> Found:
    """Run `check` (the password) under the lock. Must not run inside a transaction: a refusal keeps its count.
    note_lock writes the audit's line of a lock; for a name that nobody has as well, so that it takes as long.

    Errors: `throttled` (429), `locked` (429), `login_failed` (401; data `left`: attempts before the lock).
    """
    guard.refuse_busy_address(address)
    guard.refuse_flood(key, device)
    attempt = guard.take_attempt(key, device, who=who)
    found = check()
    if found is None:
        guard.note_failure(address)
        guard.log_failure("login", key)
        if attempt.locked_until:
            note_lock()
            raise guard.locked(attempt.locked_until, who=who)
        raise RuleError(
            "login_failed",
            f"账号或密码不正确。请核对后重试，再输错 {attempt.left} 次将锁定 1 小时。",
            status=401,
            left=attempt.left,
        )
    guard.remember(key, device)
    return found


def check_captcha(key: str, answer: str, *, owner: str, address: str | None) -> None:
    """RuleError `captcha_wrong` (400) on `captcha`; a wrong one counts against the address."""
    guard.refuse_busy_address(address)
    if captcha.take(key, answer, owner=owner):
        return
    guard.note_failure(address)
    raise RuleError(
        "captcha_wrong",
        "验证码不正确或已失效（每个验证码只能用一次，5 分钟内有效）。已换了一张新的，请重新输入。",
        field="captcha",
    )


def log_in_admin(name: str, password: str, *, device: str, address: str | None) -> Account:
    """Check an admin's name and password (F35). Returns the account; state ISSUED means: go on to activation.

    Errors: those of `guarded`; after a right password `frozen` (403), `organization_gone` (403), `one_time_expired`
    (403).
    """
    name = normalize_name(name)

    def check() -> Account | None:
        account = Account.objects.admins().select_related("organization__type").filter(name=name).first()
        return account if password_matches(account, password) else None

    def note_lock() -> None:
        account = Account.objects.admins().filter(name=name).first()
        with audited("account.locked", actor=None, subject=account):
            pass

    key = guard.admin_key(name)
    account = guarded(key, device=device, address=address, who=SUPERIOR, check=check, note_lock=note_lock)
    refuse_unusable(account)
    if account.state == AccountState.ACTIVE:
        record_login(account)
    return account


def refuse_unusable(account: Account) -> None:
    """RuleError `frozen`, `organization_gone`, `one_time_expired` (403)."""
    if account.state == AccountState.FROZEN:
        reason = f"原因：{account.frozen_reason}。" if account.frozen_reason else ""
        raise RuleError("frozen", f"此账号已被冻结，不能登录。{reason}请联系{SUPERIOR}解冻。", status=403)
    if account.seat.state != OrganizationState.ACTIVE:
        label = account.seat.get_state_display()
        raise RuleError(
            "organization_gone", f"所属组织{label}，此账号不能再登录。请联系{SUPERIOR}。", status=403
        )
    if account.one_time_until and account.one_time_until < timezone.now():
        raise RuleError(
            "one_time_expired", f"一次性口令已过期，不能登录。请联系{SUPERIOR}重新打印账号条。", status=403
        )


def record_login(account: Account) -> None:
    """The audit's line; Django itself writes `last_login` when the session begins."""
    with audited("account.logged_in", actor=account, subject=account, organization=account.organization_id):
        pass


def log_out_admin(account: Account) -> None:
    """The audit's line; the session itself is the browser's."""
    with audited("account.logged_out", actor=account, subject=account, organization=account.organization_id):
        pass
