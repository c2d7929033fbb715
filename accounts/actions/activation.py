"""Activation (F19–F21): the one-time password of the slip becomes a person's own."""

from django.contrib.auth import hashers
from django.utils import timezone

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
    notice with its version. All errors are reported at once.

    Errors: `not_issued` (409); `activation_refused` (400), data `errors`: [{field, code, message}].
    """
    name = _check_all(name, password, agreed)
    encoded = hashers.make_password(password)
    with audited("account.activated", actor=actor, subject=account, organization=account.organization_id):
        account = Account.objects.locked(account.pk)
        if account.state != AccountState.ISSUED:
            raise RuleError(
                "not_issued",
                f"此账号当前为“{account.get_state_display()}”，不能再次激活。请返回登录页，用自己的密码登录。",
                status=409,
            )
        account.display_name = name
        account.password = encoded
        account.one_time_until = None
        account.state = step(NEXT, account.state, AccountState.ACTIVE)
        account.activated_at = timezone.now()
        account.save()
        record_consents(account, DocumentKind.PRIVACY)
    return account


def record_consents(account: Account, *kinds: str) -> None:
    documents = [document for document in documents_in_force() if document.kind in kinds]
    Consent.objects.bulk_create(
        [Consent(account=account, document=document) for document in documents], ignore_conflicts=True
    )


def _check_all(name: str, password: str, agreed: bool) -> str:
    errors = []
    try:
        name = clean_real_name(name)
    except RuleError as error:
        errors.append(error)
    try:
        check_password(password)
    except RuleError as error:
        errors.append(error)
    if not agreed:
        errors.append(
            RuleError(
                "consent_missing", "请阅读隐私告知并勾选同意，因为激活后系统会记录您的操作。", field="agreed"
            )
        )
    if errors:
        raise RuleError(
            "activation_refused",
            "还不能激活，请按各项提示改正。",
            errors=[{"field": e.field, "code": e.code, "message": e.message} for e in errors],
        )
    return name
