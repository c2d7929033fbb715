"""Rules are rows with versions and dates in force (rules.md §2, §3); the root edits them, code never holds a score."""

from decimal import Decimal

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q

from points.enums import SubjectKind, Window


class RuleQuerySet(models.QuerySet["Rule"]):
    def visible_to(self, account) -> "RuleQuerySet":
        """The rules are everybody's to read (F04)."""
        return self.all()


class Rule(models.Model):
    code = models.CharField("代码", max_length=40, unique=True)
    name = models.CharField("行为", max_length=60)
    subject = models.PositiveSmallIntegerField("积分对象", choices=SubjectKind)
    who = models.CharField("适用于", max_length=60, blank=True)
    remark = models.CharField("说明", max_length=120, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    # no columns: `queries.rules.rules_on` sets them
    current: "RuleVersion"
    open: bool

    objects = RuleQuerySet.as_manager()

    class Meta:
        ordering = ["subject", "order", "id"]

    def __str__(self) -> str:
        return self.name


class RuleVersion(models.Model):
    """What a rule pays from one day to another; the version in force on the day of the act scores it.

    `bands`: [{"from": 60, "score": "0.5"}, …] ascending; the last band that the value reaches pays, `score` is unused.
    A rule may cap points per window, times per window, or both; the last award is cut to what remains.
    """

    rule = models.ForeignKey(Rule, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    in_force = DateRangeField("生效期间")
    score = models.DecimalField("分值", max_digits=12, decimal_places=6)
    bands = models.JSONField(default=list, blank=True)
    points_cap = models.DecimalField("积分上限", max_digits=12, decimal_places=6, null=True, blank=True)
    points_window = models.CharField(max_length=7, choices=Window, blank=True)
    times_cap = models.PositiveIntegerField("次数上限", null=True, blank=True)
    times_window = models.CharField(max_length=7, choices=Window, blank=True)

    class Meta:
        ordering = ["rule", "number"]
        constraints = [
            models.UniqueConstraint(fields=["rule", "number"], name="rule_version_number"),
            models.CheckConstraint(
                condition=Q(points_cap__isnull=True, points_window="")
                | (Q(points_cap__gt=0) & ~Q(points_window="")),
                name="points_cap_has_a_window",
            ),
            models.CheckConstraint(
                condition=Q(times_cap__isnull=True, times_window="")
                | (Q(times_cap__gt=0) & ~Q(times_window="")),
                name="times_cap_has_a_window",
            ),
            ExclusionConstraint(
                name="one_rule_version_a_day",
                expressions=[("rule", RangeOperators.EQUAL), ("in_force", RangeOperators.OVERLAPS)],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule} 第{self.number}版"

    def score_of(self, value) -> Decimal | None:
        """The points for a result (None: no band reached)."""
        if not self.bands:
            return self.score
        reached = [band for band in self.bands if value is not None and value >= band["from"]]
        return Decimal(reached[-1]["score"]) if reached else None
