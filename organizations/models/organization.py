"""The tree. A subtree is a range of the path index (materialised path)."""

import uuid

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from treebeard.mp_tree import MP_Node, MP_NodeManager, MP_NodeQuerySet

from organizations.enums import Nature, OrganizationState
from organizations.paths import subtree
from organizations.validators import CHINA_LATITUDES, CHINA_LONGITUDES
from sanjin.common.history import tracked
from sanjin.common.pinyin import search_key

from .catalogue import OrganizationType


class OrganizationQuerySet(MP_NodeQuerySet["Organization"]):
    """Every list starts from `visible_to` (what an account may see) or `below`; never from `all()`."""

    def active(self) -> "OrganizationQuerySet":
        return self.filter(state=OrganizationState.ACTIVE)

    def below(self, organization: "Organization") -> "OrganizationQuerySet":
        """The organisation and everything under it, by a range of the path index."""
        return self.filter(subtree(organization.path))

    def within(self, account) -> "OrganizationQuerySet":
        """An admin account's scope: its organisation and all below. Nothing for anybody else."""
        organization = account.organization
        return self.below(organization) if organization else self.none()

    def around(self, organization: "Organization") -> "OrganizationQuerySet":
        """What a member of this organisation may look up: its superiors, and all below its direct superior committee."""
        step = Organization.steplen
        above = [organization.path[:end] for end in range(step, len(organization.path) + 1, step)]
        committees = Organization.objects.filter(path__in=above, nature=Nature.COMMITTEE)
        nearest = committees.order_by("-depth").values_list("path", flat=True).first() or organization.path
        return self.active().filter(Q(path__in=above) | subtree(nearest))

    def visible_to(self, account) -> "OrganizationQuerySet":
        """An admin's scope; for a member, what is around the own branch."""
        if account.is_admin:
            return self.within(account)
        member = getattr(account, "member", None)
        return self.around(member.organization) if member else self.none()

    def branches(self) -> "OrganizationQuerySet":
        return self.active().filter(nature=Nature.BRANCH)


NodeManager = MP_NodeManager.from_queryset(OrganizationQuerySet)


class OrganizationManager(NodeManager):
    def get_queryset(self) -> OrganizationQuerySet:
        return OrganizationQuerySet(self.model, using=self._db).order_by("path")


@tracked(exclude=["numchild"])
class Organization(MP_Node):
    """A party organisation: 党委, 党总支 or 支部. Nature and type always stand and fit each other (F02)."""

    path = models.CharField(max_length=255, unique=True, db_collation="C")
    uuid = models.UUIDField(default=uuid.uuid4, unique=True)
    name = models.CharField("组织名称", max_length=80)
    search = models.CharField(max_length=600, editable=False)
    nature = models.CharField("部门性质", max_length=16, choices=Nature)
    type = models.ForeignKey(OrganizationType, models.PROTECT, verbose_name="部门类型")
    state = models.CharField(
        "状态", max_length=10, choices=OrganizationState, default=OrganizationState.ACTIVE
    )
    founded_on = models.DateField("成立日期", null=True, blank=True)
    term_ends_on = models.DateField("届满日期", null=True, blank=True)
    phone = models.CharField("联系电话", max_length=20, blank=True)
    address = models.CharField("地址", max_length=120, blank=True)
    latitude = models.DecimalField("纬度", max_digits=9, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField("经度", max_digits=9, decimal_places=6, null=True, blank=True)
    # None means: as the superior says. See organizations.queries.setting_of.
    screenshot_codes = models.BooleanField("签到码可截图", null=True, blank=True)
    rankings_shown = models.BooleanField("显示积分排行", null=True, blank=True)
    # Whose admin forbade it: what a superior forbids on this row, the own admin can't lift.
    screenshot_codes_by = models.ForeignKey(
        "self", models.SET_NULL, null=True, editable=False, related_name="+", db_index=False
    )
    rankings_shown_by = models.ForeignKey(
        "self", models.SET_NULL, null=True, editable=False, related_name="+", db_index=False
    )
    recycled_at = models.DateTimeField(null=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = OrganizationManager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(nature__in=Nature.values), name="organization_nature_known"),
            models.CheckConstraint(condition=~Q(name=""), name="organization_named"),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True) | Q(latitude__range=CHINA_LATITUDES),
                name="latitude_in_china",
            ),
            models.CheckConstraint(
                condition=Q(longitude__isnull=True) | Q(longitude__range=CHINA_LONGITUDES),
                name="longitude_in_china",
            ),
        ]
        indexes = [
            GinIndex(fields=["search"], opclasses=["gin_trgm_ops"], name="organization_search"),
            models.Index(fields=["nature", "path"], condition=Q(state="active"), name="organization_active"),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args, **kwargs) -> None:
        self.search = search_key(self.name)
        super().save(*args, **kwargs)

    @property
    def parent_path(self) -> str:
        return self.path[: -self.steplen]

    @property
    def is_branch(self) -> bool:
        return self.nature == Nature.BRANCH
