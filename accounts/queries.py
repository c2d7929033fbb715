"""Reading accounts and documents."""

from django.utils import timezone

from accounts.models import Account, Consent, Document


def documents_in_force() -> list[Document]:
    """The newest version of each document that is in force today."""
    rows = Document.objects.filter(in_force_from__lte=timezone.localdate()).order_by("kind", "-version")
    return list(rows.distinct("kind"))


def consents_due(account: Account | None) -> list[Document]:
    """Documents in force that this account has not agreed to in their present version."""
    due = documents_in_force()
    if account is None or not due:
        return due
    given = set(
        Consent.objects.filter(account=account, document__in=due).values_list("document_id", flat=True)
    )
    return [document for document in due if document.pk not in given]
