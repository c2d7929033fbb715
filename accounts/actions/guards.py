"""The frame of what the direct superior committee does with an admin account, and who may."""

from collections.abc import Iterator
from contextlib import contextmanager

from accounts.models import Account
from accounts.queries import can_manage
from sanjin.common.audit import audited
from sanjin.common.errors import RuleError
from sanjin.common.models import AuditEntry


@contextmanager
def managed(
    verb: str, account: Account, actor: Account, *, reason: str = ""
) -> Iterator[tuple[Account, AuditEntry]]:
    """The account's locked row and the audit entry, inside one audited transaction. Who may is asked after the lock, so
    that the answer is true when the row changes. RuleError `superior_only` (403)."""
    with audited(verb, actor=actor, subject=account, reason=reason) as entry:
        row = Account.objects.locked(account.pk)
        must_manage(actor, row)
        yield row, entry


def must_manage(actor: Account, account: Account) -> None:
    """RuleError `superior_only` (403) unless `actor` stands in the account's direct superior committee."""
    if not can_manage(actor, account):
        raise RuleError(
            "superior_only",
            "此账号由其直属上级党委的管理员管理，您的账号不能办理。请联系该党委的管理员。",
            status=403,
        )
