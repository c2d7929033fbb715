"""申请归还手机号 (F23, F24): the asking branch wants a number that another branch's member holds."""

import uuid

from django.db import models
from django.db.models import Q

from members.enums import ReturnState
from organizations.models import Organization

from .member import Member


class PhoneReturnQuerySet(models.QuerySet["PhoneReturn"]):
    def visible_to(self, account) -> "PhoneReturnQuerySet":
        """The asking branch and the holding one, each for its own part."""
        return self.filter(Q(asking=account.organization) | Q(holding=account.organization))


class PhoneReturn(models.Model):
    """`seen_at`: when the asking branch has looked at the answer; until then it stands in its to-do."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True)
    holder = models.ForeignKey(Member, models.PROTECT, related_name="+")
    holding = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    asking = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    asked_for = models.CharField("为谁申请", max_length=30)
    phone_index = models.BinaryField(max_length=32)
    state = models.CharField(max_length=8, choices=ReturnState, default=ReturnState.OPEN)
    answer = models.CharField("答复", max_length=200, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    decided_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)

    objects = PhoneReturnQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["asking", "phone_index"], condition=Q(state="open"), name="one_open_return_per_phone"
            )
        ]

    def __str__(self) -> str:
        return f"{self.asking} → {self.holding}"
