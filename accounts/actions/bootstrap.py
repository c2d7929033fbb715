"""Accounts of the root, who has no superior to make, reset or unfreeze them: whoever operates the machine does it."""

from django.utils import timezone

from accounts.actions import guard
from accounts.actions.admins import DIGITS, LOCK, Issued
from accounts.actions.login import ONE_TIME_LASTS
from accounts.actions.passwords import end_sessions
from accounts.enums import AccountKind, AccountState
from accounts.hashers import encode_one_time, new_one_time_password
from accounts.models import Account
from accounts.queries import last_number
from accounts.validators import clean_prefix
from organizations.models import Organization
from sanjin.common import locks
from sanjin.common.audit import audited
from sanjin.common.errors import RuleError


def issue_root_admin(root: Organization, *, prefix: str) -> Issued:
    """One more admin account of the root; two people need two, because nobody approves what he submits himself.

    RuleError: `prefix_refused` (400).
    """
    prefix = clean_prefix(prefix)
    with audited("account.root_issued", actor=None, organization=root) as entry:
        locks.alone(LOCK)
        issued = _issue(f"{prefix}{last_number(prefix) + 1:0{DIGITS}d}", root)
        account = Account.objects.create(
            name=issued.name,
            kind=AccountKind.ADMIN,
            state=AccountState.ISSUED,
            organization=root,
            password=encode_one_time(issued.secret),
            one_time_until=issued.until,
        )
        entry.data = {"name": account.name}
    return issued


def reset_root_admin(name: str) -> Issued:
    """A new one-time password for an account of the root, frozen or not; its sessions end, its lock is lifted.

    RuleError: `not_a_root_admin` (404).
    """
    account = Account.objects.admins().filter(name=name, organization__depth=1).first()
    if account is None:
        raise RuleError(
            "not_a_root_admin",
            f"{name} 不是最上级党委的管理员账号，不能在这里重置。其他账号请由其直属上级党委的管理员重置。",
            status=404,
        )
    with audited("account.root_reset", actor=None, subject=account, organization=account.organization_id):
        row = Account.objects.locked(account.pk)
        issued = _issue(row.name, row.seat)
        row.password, row.one_time_until = encode_one_time(issued.secret), issued.until
        row.state, row.frozen_reason = AccountState.ISSUED, ""
        row.save(update_fields=["password", "one_time_until", "state", "frozen_reason"])
        end_sessions(row)
        guard.forgive(guard.admin_key(row.name))
    return issued


def _issue(name: str, root: Organization) -> Issued:
    return Issued(name, new_one_time_password(), root, timezone.now() + ONE_TIME_LASTS)
