"""The ledger, what it refused, and the counters and balances that move with it in the same transaction.

The tables of PointEntry and PointBalance are made by SQL in the migration (partitions); here is what Django sees.
"""

from typing import Any

from django.db import models

from members.models import Member
from organizations.models import Organization
from points.enums import Measure, SubjectKind

from .rule import Rule, RuleVersion

# References without a constraint: the tables are partitioned, or loaded by millions.
ORPHAN: dict[str, Any] = {"on_delete": models.DO_NOTHING, "db_constraint": False, "related_name": "+"}


class SubjectQuerySet(models.QuerySet):
    def of_member(self, member: Member):
        return self.filter(subject_kind=SubjectKind.MEMBER, subject_id=member.pk)

    def of_organization(self, organization: Organization):
        return self.filter(subject_kind=SubjectKind.ORGANIZATION, subject_id=organization.pk)


class LedgerQuerySet(SubjectQuerySet):
    def visible_to(self, account) -> "LedgerQuerySet":
        """A member sees the own rows; an admin what was earned in the organisations of its scope at that time."""
        if not account.is_admin:
            own = Member.objects.filter(account=account).values("pk")
            return self.filter(subject_kind=SubjectKind.MEMBER, subject_id__in=own)
        if account.organization.depth == 1:
            return self
        scope = Organization.objects.visible_to(account).order_by().values("pk")
        return self.filter(organization__in=scope)


class PointEntry(models.Model):
    """One paid act, append-only. Partitioned by range of `year` (the year it is booked in), inside by hash of the
    subject; unique on (year, subject, rule, source key). A correction is a new entry that `reverses` the old one."""

    year = models.SmallIntegerField()
    subject_kind = models.PositiveSmallIntegerField(choices=SubjectKind)
    subject_id = models.BigIntegerField()
    rule = models.ForeignKey(Rule, **ORPHAN, db_index=False)
    version = models.ForeignKey(RuleVersion, **ORPHAN, db_index=False)
    points = models.DecimalField(max_digits=12, decimal_places=6)
    source_key = models.CharField(max_length=100)
    title = models.CharField(max_length=120)
    link = models.CharField(max_length=120, blank=True)
    note = models.CharField(max_length=120, blank=True)
    acted_on = models.DateField()
    booked_on = models.DateField()  # differs from acted_on only for facts of a closed year
    organization = models.ForeignKey(Organization, **ORPHAN, db_index=False)
    reverses_id = models.BigIntegerField(null=True)
    audit = models.UUIDField(null=True)
    created_at = models.DateTimeField(db_default=models.functions.Now(), editable=False)

    objects = LedgerQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.title} {self.points}"


class PointRefusal(models.Model):
    """What earned nothing, and why: one row per (subject, rule, window, reason), so that a busy member costs one row a
    day. `sources`: the last 64 source keys; one of them again is not counted again."""

    subject_kind = models.PositiveSmallIntegerField(choices=SubjectKind)
    subject_id = models.BigIntegerField()
    rule = models.ForeignKey(Rule, **ORPHAN, db_index=False)
    window = models.IntegerField()
    reason = models.CharField(max_length=120)  # a code of enums.Reason, or the feature's own sentence
    count = models.PositiveIntegerField()
    sources = models.JSONField(default=list)
    title = models.CharField(max_length=120)
    link = models.CharField(max_length=120, blank=True)
    note = models.CharField(max_length=120, blank=True)
    acted_on = models.DateField()
    organization = models.ForeignKey(Organization, **ORPHAN, db_index=False)
    audit = models.UUIDField(null=True)
    updated_at = models.DateTimeField()

    objects = LedgerQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject_kind", "subject_id", "rule", "window", "reason"], name="refusal_once"
            )
        ]
        indexes = [
            models.Index(fields=["subject_kind", "subject_id", "-acted_on"], name="refusal_feed"),
            models.Index(fields=["organization", "-updated_at"], name="refusal_branch"),
            models.Index(fields=["-updated_at", "-id"], name="refusal_newest"),  # the root's list
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.reason}"


class Allowance(models.Model):
    """How much of a cap is used. Taken by one `INSERT … ON CONFLICT DO UPDATE … WHERE used < cap RETURNING granted`,
    so that a cap is exact whoever comes at the same moment."""

    pk = models.CompositePrimaryKey("subject_kind", "subject_id", "rule_id", "measure", "window")
    subject_kind = models.PositiveSmallIntegerField(choices=SubjectKind)
    subject_id = models.BigIntegerField()
    rule = models.ForeignKey(Rule, **ORPHAN, db_index=False)
    measure = models.PositiveSmallIntegerField(choices=Measure)
    window = models.IntegerField()
    used = models.DecimalField(max_digits=12, decimal_places=6)
    granted = models.DecimalField(max_digits=12, decimal_places=6)  # what the last taker got

    def __str__(self) -> str:
        return f"{self.used}"


class PointBalance(models.Model):
    """Σ of a subject's entries in a period: month, quarter and year move in the transaction of the entry."""

    pk = models.CompositePrimaryKey("period", "subject_kind", "subject_id")
    period = models.IntegerField()
    subject_kind = models.PositiveSmallIntegerField(choices=SubjectKind)
    subject_id = models.BigIntegerField()
    points = models.DecimalField(max_digits=14, decimal_places=6)

    objects = SubjectQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.period} {self.points}"
