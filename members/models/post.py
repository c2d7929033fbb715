"""Posts (职务): the root's catalogue by nature, and who holds which (F36, F37)."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone

from organizations.enums import Nature
from organizations.models import Organization
from sanjin.common.history import tracked

from .member import Member


class Post(models.Model):
    nature = models.CharField(max_length=16, choices=Nature)
    name = models.CharField("职务", max_length=20)
    exclusive = models.BooleanField("每个组织只有一人", default=False)
    may_call_meetings = models.BooleanField("可召集会议", default=True)
    order = models.PositiveSmallIntegerField(default=0)
    active = models.BooleanField(default=True)

    class Meta:
        ordering = ["nature", "order", "id"]
        constraints = [models.UniqueConstraint(fields=["nature", "name"], name="post_once_per_nature")]

    def __str__(self) -> str:
        return self.name


class MemberPostQuerySet(models.QuerySet["MemberPost"]):
    def open(self) -> "MemberPostQuerySet":
        """Not ended, begun or not: what occupies the post."""
        return self.filter(until__isnull=True)

    def current(self) -> "MemberPostQuerySet":
        """Held today: only these give their holder anything."""
        return self.open().filter(since__lte=timezone.localdate())


@tracked()
class MemberPost(models.Model):
    """`exclusive` repeats the post's own flag, because a partial unique index can't look into another table."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True)
    member = models.ForeignKey(Member, models.PROTECT, related_name="posts")
    post = models.ForeignKey(Post, models.PROTECT)
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="posts")
    exclusive = models.BooleanField()
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    objects = MemberPostQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "post"],
                condition=Q(until__isnull=True, exclusive=True),
                name="one_secretary_per_branch",
            ),
            models.UniqueConstraint(
                fields=["member", "post", "organization"],
                condition=Q(until__isnull=True),
                name="post_held_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member} {self.post}"
