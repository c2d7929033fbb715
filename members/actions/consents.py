"""A member agrees to the privacy notice or the pledge, in a version that stays on record."""

from django.utils import timezone

from accounts.models import Account, Consent
from accounts.models.consent import DocumentKind
from accounts.queries import documents_in_force
from members.models import Member
from sanjin.common.audit import audited
from sanjin.common.errors import RuleError


def agree(member: Member, document: str, *, actor: Account) -> Consent:
    """Record consent to `document` (`privacy-1`); once given, giving it again returns the first. The pledge also fills
    the member's 履职承诺 (F22).

    Errors: `document_outdated` (409) unless it is the version in force.
    """
    found = next((each for each in documents_in_force() if each.code == document), None)
    if found is None:
        raise RuleError(
            "document_outdated",
            "这份文件已有新版本或不存在，没有记录您的同意。请重新登录，阅读现行版本后再确认。",
            field="document",
            status=409,
        )
    with audited("member.agreed", actor=actor, subject=member, organization=member.organization_id) as entry:
        entry.data = {"document": found.code}
        consent, _ = Consent.objects.get_or_create(account=actor, document=found)
        if found.kind == DocumentKind.PLEDGE and member.pledged_on is None:
            member.pledged_on = timezone.localdate()
            member.save(update_fields=["pledged_on", "updated_at"])
    return consent
