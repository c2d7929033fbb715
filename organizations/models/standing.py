"""Nature and type with their dates in force: what was published under an old one is never hidden (F43)."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models

from organizations.enums import Nature

from .catalogue import OrganizationType
from .organization import Organization


class Standing(models.Model):
    """What an organisation was, from day to day; the open one equals the organisation's own nature and type."""

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="standings")
    nature = models.CharField(max_length=16, choices=Nature)
    type = models.ForeignKey(OrganizationType, models.PROTECT)
    in_force = DateRangeField()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="one_standing_a_day",
                expressions=[("organization", RangeOperators.EQUAL), ("in_force", RangeOperators.OVERLAPS)],
            )
        ]

    def __str__(self) -> str:
        return f"{self.organization} {self.get_nature_display()}·{self.type}"
