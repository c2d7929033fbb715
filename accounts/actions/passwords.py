"""Setting a password, and ending sessions."""

from django.contrib.auth import hashers
from django.db.models import F

from accounts.enums import AccountState
from accounts.models import Account
from accounts.passwords import check_password
from sanjin.common.audit import audited
from sanjin.common.errors import RuleError

from . import guard
from .login import password_matches


def end_sessions(account: Account) -> None:
    """All sessions and tokens of the account end with the present transaction."""
    Account.objects.filter(pk=account.pk).update(session_epoch=F("session_epoch") + 1)
    account.auth_token_set.all().delete()
    account.refresh_from_db(fields=["session_epoch"])


def refuse_changed(now: Account, before: Account) -> None:
    """RuleError `changed_meanwhile` (409) if the password or the epoch of the locked row isn't what it was when somebody
    proved to know the password: a new slip, a freeze or another change must not be undone by what was on its way."""
    if now.get_session_auth_hash() != before.get_session_auth_hash():
        raise RuleError(
            "changed_meanwhile",
            "密码没有保存，因为此账号的密码刚刚被重置或修改。请用新的密码（口令）重新登录。",
            status=409,
        )


def change_own_password(account: Account, *, old: str, new: str, actor: Account) -> Account:
    """An admin changes its own password; all its other sessions end (F20).

    Errors: `old_password_wrong` (400, field `old`), `password_refused`, `password_same` (400, field `new`),
    `throttled` (429), `changed_meanwhile` (409), `wrong_state` (409) for an account that isn't in use.
    """
    # Who sits at somebody else's open session must not find out the password: ten tries an hour.
    guard.throttle(guard.account_key(account.pk, "password"), most=10, seconds=3600)
    if not password_matches(account, old):
        raise RuleError(
            "old_password_wrong", "当前密码不正确，密码没有修改。请重新输入当前密码。", field="old"
        )
    check_password(new, field="new")
    if old == new:
        raise RuleError("password_same", "新密码与当前密码相同，没有修改。请换一个新密码。", field="new")
    encoded = hashers.make_password(new)
    with audited(
        "account.password_changed", actor=actor, subject=account, organization=account.organization_id
    ):
        before, account = account, Account.objects.locked(account.pk)
        refuse_changed(account, before)
        if account.state != AccountState.ACTIVE:
            raise RuleError(
                "wrong_state",
                f"此账号当前为“{account.get_state_display()}”，不能修改密码。请重新登录。",
                status=409,
            )
        account.password = encoded
        account.save(update_fields=["password"])
        end_sessions(account)
    return account
