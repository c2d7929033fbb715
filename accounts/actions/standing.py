"""What the direct superior committee does with an admin account: reset, freeze, unfreeze, unlock (F16, F35)."""

from django.utils import timezone

from accounts.actions import guard
from accounts.actions.admins import Issued
from accounts.actions.guards import managed
from accounts.actions.login import ONE_TIME_LASTS
from accounts.actions.passwords import end_sessions
from accounts.enums import NEXT, AccountState
from accounts.hashers import encode_one_time, new_one_time_password
from accounts.models import Account
from sanjin.common.errors import RuleError
from sanjin.common.reasons import check_reason
from sanjin.common.states import step


def reset_password(account: Account, *, actor: Account) -> Issued:
    """A new one-time password on a slip, with which the account is activated anew; its sessions end, its lock is lifted.

    Errors: `superior_only` (403), `wrong_state` (409) for a frozen account: unfreeze it first.
    """
    secret, until = new_one_time_password(), timezone.now() + ONE_TIME_LASTS
    with managed("account.reset", account, actor) as (row, _):
        if row.state != AccountState.ISSUED:
            if row.state == AccountState.FROZEN:
                raise RuleError("wrong_state", "此账号已冻结，不能重置密码。请先解冻，再重置。", status=409)
            row.state = step(NEXT, row.state, AccountState.ISSUED)
        row.password, row.one_time_until = encode_one_time(secret), until
        row.save(update_fields=["password", "one_time_until", "state"])
        end_sessions(row)
        guard.forgive(guard.admin_key(row.name))
    return Issued(row.name, secret, row.seat, until)


def freeze(account: Account, *, reason: str, actor: Account) -> Account:
    """Nobody can log in with the account, and who is logged in is out at once. Errors: `superior_only`, `wrong_state`,
    `reason_required` (400, field `reason`)."""
    reason = check_reason(reason, "请写明为什么冻结，会记入操作日志，并在登录时告诉使用者。", least=1)
    with managed("account.frozen", account, actor, reason=reason) as (row, _):
        row.state = step(NEXT, row.state, AccountState.FROZEN)
        row.frozen_reason = reason
        row.save(update_fields=["state", "frozen_reason"])
        end_sessions(row)
    return row


def unfreeze(account: Account, *, actor: Account) -> Account:
    """As it was before: with a one-time password still to be activated, else in use. Errors: `superior_only`,
    `wrong_state`."""
    with managed("account.unfrozen", account, actor) as (row, _):
        if row.state != AccountState.FROZEN:
            raise RuleError("wrong_state", "此账号没有被冻结，不需要解冻。请刷新页面查看。", status=409)
        row.state = step(NEXT, row.state, AccountState.ISSUED if row.one_time_until else AccountState.ACTIVE)
        row.frozen_reason = ""
        row.save(update_fields=["state", "frozen_reason"])
    return row


def unlock(account: Account, *, actor: Account) -> int:
    """Lift the lock after wrong passwords (F35). Returns how many counters were lifted. Errors: `superior_only`."""
    with managed("account.unlocked", account, actor) as (row, _):
        return guard.forgive(guard.admin_key(row.name))
