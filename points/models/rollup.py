"""Totals of organisations, who counts in them, and what has to be computed again."""

from django.db import models

from members.models import Member
from organizations.models import Organization
from points.enums import SubjectKind

from .ledger import ORPHAN


class RollupQuerySet(models.QuerySet["Rollup"]):
    def visible_to(self, account) -> "RollupQuerySet":
        return self.filter(organization__in=Organization.objects.visible_to(account).order_by().values("pk"))


class Rollup(models.Model):
    """Exactly what the formula shows (rules.md §1): total = own + Σ ÷ n, rounded half-up to 6 places once."""

    pk = models.CompositePrimaryKey("period", "organization_id")
    period = models.IntegerField()
    organization = models.ForeignKey(Organization, **ORPHAN, db_index=False)
    own = models.DecimalField(max_digits=14, decimal_places=6)
    inner_sum = models.DecimalField(max_digits=20, decimal_places=6)
    inner_count = models.IntegerField()
    total = models.DecimalField(max_digits=18, decimal_places=6)
    computed_at = models.DateTimeField()

    objects = RollupQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.period} {self.total}"


class Headcount(models.Model):
    """The counted members (rules.md §1) and their branch. Kept by triggers on members, so COPY and bulk SQL are seen."""

    member = models.OneToOneField(
        Member, models.DO_NOTHING, primary_key=True, db_constraint=False, related_name="+"
    )
    organization = models.ForeignKey(Organization, **ORPHAN, db_index=False)

    class Meta:
        indexes = [models.Index(fields=["organization", "member"], name="headcount_branch")]

    def __str__(self) -> str:
        return f"{self.member_id}"


class Dirty(models.Model):
    """A mark: this organisation, or this member's branch, has to be computed again. Append-only; taken by deletion.

    A member's mark names the member, and the branch is looked up when the mark is taken: a transfer that commits at
    the same moment can't hide the points from the new branch. month: a month code; 0 is whatever is current then.
    """

    organization_id = models.BigIntegerField(null=True)
    member_id = models.BigIntegerField(null=True)
    month = models.IntegerField()
    at = models.DateTimeField(db_default=models.functions.Now(), editable=False)

    def __str__(self) -> str:
        return f"{self.organization_id or self.member_id} {self.month}"


class ClosedYear(models.Model):
    """Totals of this year are frozen; later facts are booked in the open year."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    closed_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return str(self.year)


class Drift(models.Model):
    """A balance that did not equal its ledger when the night compared them. The ledger is the truth. One row for each
    difference, however many nights find it."""

    period = models.IntegerField()
    subject_kind = models.PositiveSmallIntegerField(choices=SubjectKind)
    subject_id = models.BigIntegerField()
    balance = models.DecimalField(max_digits=14, decimal_places=6)
    ledger = models.DecimalField(max_digits=14, decimal_places=6)
    found_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["period", "subject_kind", "subject_id", "balance", "ledger"], name="drift_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.period} {self.subject_id}: {self.balance} ≠ {self.ledger}"
