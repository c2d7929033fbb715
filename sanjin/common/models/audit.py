"""Who did what, when. What a row looked like before and after is in the history tables that triggers fill; they carry
this entry's uuid as `pgh_context_id`."""

import uuid

import pgtrigger
from django.conf import settings
from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import Func


class CurrentTransaction(Func):
    """The number of the writing transaction: batches are sealed by it, so that a late commit is never skipped."""

    template = "(pg_current_xact_id()::text::bigint)"
    output_field = models.BigIntegerField()
    allowed_default = True


# TRUNCATE fires no trigger of rows. Who may do without triggers (a superuser, by session_replication_role) passes both:
# then the seals show what is missing.
APPEND_ONLY = [
    pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
    pgtrigger.Trigger(
        name="never_truncated",
        level=pgtrigger.Statement,
        when=pgtrigger.Before,
        operation=pgtrigger.Truncate,
        func="RAISE EXCEPTION 'Cannot truncate %', TG_TABLE_NAME;",
    ),
]


class AuditEntry(models.Model):
    """One row for each write of consequence; append-only by trigger, sealed in batches by `AuditSeal`."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True)
    verb = models.CharField(max_length=60)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_constraint=False
    )
    actor_label = models.CharField(max_length=80, blank=True)
    subject_type = models.CharField(max_length=40, blank=True)
    subject_id = models.BigIntegerField(null=True)
    subject_label = models.CharField(max_length=200, blank=True)
    organization_id = models.BigIntegerField(null=True)  # whose business it is; common knows no app
    reason = models.CharField(max_length=200, blank=True)
    data = models.JSONField(default=dict, blank=True)
    request_id = models.CharField(max_length=32, blank=True)
    address = models.GenericIPAddressField(null=True)
    at = models.DateTimeField(auto_now_add=True)
    transaction = models.BigIntegerField(db_default=CurrentTransaction())

    class Meta:
        indexes = [
            models.Index(fields=["organization_id", "-id"], name="audit_organization"),
            models.Index(fields=["subject_type", "subject_id", "-id"], name="audit_subject"),
            models.Index(fields=["actor", "-id"], name="audit_actor"),
            models.Index(fields=["transaction"], name="audit_transaction"),
            # Rows lie in the order of time: a day is a few pages.
            BrinIndex(fields=["at"], name="audit_at"),
        ]
        triggers = APPEND_ONLY

    def __str__(self) -> str:
        return f"{self.verb} {self.subject_label}"


class AuditSeal(models.Model):
    """A link of the hash chain: the entries whose transaction number is in [first, last), in the order of their ids.

    `spans` lists those ids as [from, to] pairs, because after a restore into another cluster transaction numbers begin
    anew, and a seal must still say which entries it covers."""

    first = models.BigIntegerField()
    last = models.BigIntegerField()
    spans = models.JSONField()
    entries = models.PositiveIntegerField()
    previous = models.BinaryField(max_length=32)
    digest = models.BinaryField(max_length=32)
    sealed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        triggers = APPEND_ONLY

    def __str__(self) -> str:
        return f"{self.first}–{self.last}"
