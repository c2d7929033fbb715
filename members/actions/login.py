"""A member logs in to the app: account and password, a captcha after three failures, a token for the device."""

from django.conf import settings
from django.utils import timezone

from accounts import captcha
from accounts.actions import guard
from accounts.actions.login import guarded, password_matches
from accounts.enums import AccountState
from accounts.models import Account, DeviceToken
from members.actions.guards import BRANCH_ADMIN, lock_member, must_be_let_in, same_login_name
from members.models import Member
from members.queries.login import member_by_account
from members.validators.login_name import read_login_name
from sanjin.common.audit import audited
from sanjin.common.errors import RuleError
from sanjin.common.sealing import blind_index


def log_in_member(
    account: str,
    password: str,
    *,
    device: str,
    address: str | None,
    captcha_key: str = "",
    captcha_answer: str = "",
) -> Member:
    """Check a member's account and password under the lock (F35). Returns the member with account and organisation.

    Errors: `login_failed` (401), `locked` (429; data `locked_until`, `who`), `captcha_required` and `captcha_wrong`
    (400), `throttled` (429), `frozen` and `membership_ended` (403, only after the right password). From the third failure on `login_failed`
    and the captcha's refusals bring a new challenge in data: `captcha_key`, `captcha_image`.
    """
    key = blind_index(read_login_name(account))
    _check_captcha(key, device, address, captcha_key, captcha_answer)

    def check() -> Member | None:
        member = member_by_account(key)
        return member if password_matches(member.account if member else None, password) else None

    def note_lock() -> None:
        with audited("member.locked", actor=None, subject=member_by_account(key)):
            pass

    try:
        member = guarded(
            key, device=device, address=address, who=BRANCH_ADMIN, check=check, note_lock=note_lock
        )
    except RuleError as error:
        if error.code == "login_failed" and error.data["left"] <= _left_when_asked():
            error.data |= captcha.offer(device)
        raise
    assert member.account is not None  # a password has matched
    if member.account.state != AccountState.ACTIVE:
        raise RuleError("frozen", f"此账号已停用，不能登录。如有疑问，请联系{BRANCH_ADMIN}。", status=403)
    must_be_let_in(member)
    return member


def _left_when_asked() -> int:
    return settings.LOGIN_FAILURES_TO_LOCK - settings.LOGIN_FAILURES_TO_CAPTCHA


def _check_captcha(key: bytes, device: str, address: str | None, captcha_key: str, answer: str) -> None:
    guard.refuse_busy_address(address)
    failures, locked_until = guard.standing(key, device)
    if locked_until:
        raise guard.locked(locked_until, who=BRANCH_ADMIN)
    if failures < settings.LOGIN_FAILURES_TO_CAPTCHA:
        return
    if not (captcha_key and answer):
        raise RuleError(
            "captcha_required",
            f"密码已输错 {failures} 次，为防止他人用程序试密码，请输入图中的验证码后再登录。",
            field="captcha",
            **captcha.offer(device),
        )
    if not captcha.take(captcha_key, answer, owner=device):
        guard.note_failure(address)
        raise RuleError(
            "captcha_wrong",
            "验证码不正确或已失效（每个只能用一次，5 分钟内有效）。请输入新图中的验证码。",
            field="captcha",
            **captcha.offer(device),
        )


def give_token(member: Member, *, device: str, device_name: str) -> tuple[DeviceToken, str]:
    """A new token for this device; the one it had before ends. Returns (row, the token in clear, shown once).

    `member` is as it was when the password was looked at, which takes a tenth of a second: what ended every session
    meanwhile ends this login, too. RuleError `login_failed` (401).
    """
    assert member.account is not None  # who logs in has one
    with audited(
        "member.logged_in", actor=member.account, subject=member, organization=member.organization_id
    ) as entry:
        account = _locked_unchanged(member)
        entry.data = {"device_name": device_name}
        DeviceToken.objects.filter(user=account, device=device).delete()
        row, token = DeviceToken.objects.create(user=account, device=device, device_name=device_name)
        account.last_login = timezone.now()
        account.save(update_fields=["last_login"])
    return row, token


def _locked_unchanged(member: Member) -> Account:
    """The account, locked after its member as `set_password` does it, if it is still the one that was checked."""
    row = lock_member(member.pk)
    account = Account.objects.locked(row.account_id) if row.account_id else None
    assert member.account is not None
    if (
        account is None
        or not row.may_log_in
        or account.state != AccountState.ACTIVE
        or account.get_session_auth_hash() != member.account.get_session_auth_hash()
        or not same_login_name(row, member)
    ):
        raise RuleError(
            "login_failed",
            "登录没有完成，因为此账号的密码或资料刚刚有变动。请用新的账号和密码重新登录。",
            status=401,
        )
    return account


def log_out(token: DeviceToken, *, actor: Account) -> None:
    """End one device's token (F28: 已登录的设备)."""
    with audited("member.logged_out", actor=actor, subject=actor) as entry:
        entry.data = {"device_name": token.device_name}
        token.delete()
