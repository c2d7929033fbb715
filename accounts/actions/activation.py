"""Activation (F19–F21): the one-time password of the slip becomes a person's own."""

from django.contrib.auth import hashers
from django.utils import timezone

from accounts.actions.login import refuse_unusable
from accounts.actions.passwords import refuse_changed
from accounts.enums import NEXT, AccountState
from accounts.models import Account, Consent
from accounts.models.consent import DocumentKind
from accounts.passwords import check_password
from accounts.queries import documents_in_force
from accounts.validators import clean_real_name
from sanjin.common.audit import audited
from sanjin.common.errors import RuleError
from sanjin.common.states import step


def activate(account: Account, *, name: str, password: str, agreed: bool, actor: Account) -> Account:
    """Give an ISSUED admin account its holder's real name and own password, and record the consent to the privacy
    notice with its version. `account` is as it was when its one-time password was looked at.

    Errors: the first of `refusals`: `name_refused`, `password_refused`, `consent_missing` (400); `not_issued`,
    `changed_meanwhile` (409); `organization_gone`, `one_time_expired` (403).
    """
    for refusal in refusals(name, password, agreed):
        raise refusal
    name = clean_real_name(name)
    encoded = hashers.make_password(password)
    with audited("account.activated", actor=actor, subject=account, organization=account.organization_id):
        before, account = account, Account.objects.locked(account.pk)
        if account.state != AccountState.ISSUED:
            raise RuleError(
                "not_issued",
                f"此账号当前为“{account.get_state_display()}”，不能再次激活。请返回登录页，用自己的密码登录。",
                status=409,
            )
        refuse_changed(account, before)
        refuse_unusable(account)
        account.display_name = name
        account.password = encoded
        account.one_time_until = None
        account.state = step(NEXT, account.state, AccountState.ACTIVE)
        account.activated_at = timezone.now()
        account.save()
        record_consents(account, DocumentKind.PRIVACY)
    return account


def record_consents(account: Account, *kinds: str) -> None:
    """What the account agreed to, in the versions that are in force now; agreeing twice is agreeing once."""
    documents = [document for document in documents_in_force() if document.kind in kinds]
    Consent.objects.bulk_create(
        [Consent(account=account, document=document) for document in documents], ignore_conflicts=True
    )


def refusals(name: str, password: str, agreed: bool) -> list[RuleError]:
    """Everything that stands against these, each on its field; the form asks as well, so that all is said at once."""
    checks = (lambda: clean_real_name(name), lambda: check_password(password), lambda: _check_agreed(agreed))
    found = []
    for check in checks:
        try:
            check()
        except RuleError as error:
            found.append(error)
    return found


def _check_agreed(agreed: bool) -> None:
    if not agreed:
        raise RuleError(
            "consent_missing", "请阅读隐私告知并勾选同意，因为激活后系统会记录您的操作。", field="agreed"
        )
