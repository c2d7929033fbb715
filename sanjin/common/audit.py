"""`with audited("meeting.called", actor=…) as entry:` is the frame of every action: one transaction, one audit row."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import connection, models, transaction

from .models import AuditEntry
from .requests import current_request

_current: ContextVar[str] = ContextVar("current_audit", default="")


def current_audit() -> str | None:
    """The uuid of the audit entry that is being written around us, if any."""
    return _current.get() or None


def _tell_triggers(entry_uuid: str) -> None:
    # History triggers read this setting; it is the transaction's own (is_local), so pooled connections stay clean.
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pghistory.context_id', %s, true)", [entry_uuid])


@contextmanager
def audited(
    verb: str,
    *,
    actor: models.Model | None,
    subject: models.Model | None = None,
    organization: Any = None,
    reason: str = "",
    **data: Any,
) -> Iterator[AuditEntry]:
    """Open a transaction, let history triggers know which entry they belong to, and write the entry at the end.

    verb: `thing.done`, past tense. actor: an Account, or None for the system. subject and organization may also be set
    on the yielded entry (`about(entry, row)`), when they are made inside. data: JSON, never personal data in clear.
    If the block raises, everything is rolled back, the entry too. Nested blocks each write their own entry.
    """
    facts = current_request.get()
    entry = AuditEntry(verb=verb, actor=actor, reason=reason, data=data)
    entry.request_id, entry.address = facts.id, facts.address
    entry.actor_label = getattr(actor, "audit_label", "") if actor else "系统"
    outer = _current.get()
    token = _current.set(str(entry.uuid))
    try:
        with transaction.atomic():
            _tell_triggers(str(entry.uuid))
            about(entry, subject, organization)
            yield entry
            entry.save(force_insert=True)
            if outer:
                _tell_triggers(outer)
    finally:
        _current.reset(token)


def about(entry: AuditEntry, subject: models.Model | None = None, organization: Any = None) -> None:
    """Name the subject (and the organisation whose business it is) on an entry that is not written yet."""
    if subject is not None:
        entry.subject_type = subject._meta.label_lower
        entry.subject_id = subject.pk
        entry.subject_label = str(subject)[:200]
        organization = organization or getattr(subject, "organization_id", None)
    if organization is not None:
        entry.organization_id = getattr(organization, "pk", organization)
