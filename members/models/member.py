"""A party member's record. ID number, phones, address and account name are sealed; equal ones are found by blind index."""

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from members.enums import MAY_LOG_IN, MemberKind, MemberState, Sex
from organizations.enums import Nature
from organizations.models import Organization
from sanjin.common.history import tracked
from sanjin.common.pinyin import pinyin_keys
from sanjin.common.sealing import Sealed

SEALED = {"null": True, "editable": False}
LACKING = Q(photo="") | Q(pledged_on__isnull=True)  # 待完善; `Member.missing` says it in words


class LoginName(Sealed):
    """Nine in ten log in with their phone number: it is sealed once, as the phone, and found by the same index.
    `member_account_name_kept` holds that a name without a value of its own is the phone."""

    def __get__(self, row: Any, owner: type | None = None) -> Any:
        if row is None:
            return self
        return row.phone if self._is_phone(row) else super().__get__(row, owner)

    def __set__(self, row: Any, text: str | None) -> None:
        super().__set__(row, text)
        if self._same(row):
            row.account_name_sealed = None

    def _is_phone(self, row: Any) -> bool:
        return row.account_name_sealed is None and self._same(row)

    @staticmethod
    def _same(row: Any) -> bool:
        name, phone = row.account_name_index, row.phone_index
        return name is not None and phone is not None and bytes(name) == bytes(phone)


class MemberQuerySet(models.QuerySet["Member"]):
    def present(self) -> "MemberQuerySet":
        """Everybody but the recycle bin."""
        return self.exclude(state=MemberState.RECYCLED)

    def normal(self) -> "MemberQuerySet":
        """In normal standing: who holds posts, is asked to meetings, checks in and earns (`Member.in_good_standing`)."""
        return self.filter(state=MemberState.NORMAL)

    def counted(self) -> "MemberQuerySet":
        """rules.md §1: normal standing, without the approved smartphone exemption. The database holds the same rule
        in `members_is_counted`, which the roll-up uses."""
        return self.normal().filter(exempt_since__isnull=True)

    def without_usable_phone(self) -> "MemberQuerySet":
        """F11, rules.md §2: those who are not `can_use_phone`."""
        return self.filter(Q(exempt_since__isnull=False) | Q(phone_sealed__isnull=True))

    def voting(self) -> "MemberQuerySet":
        """rules.md §4: probationary members have no vote."""
        return self.normal().filter(kind=MemberKind.FULL)

    def visible_to(self, account) -> "MemberQuerySet":
        """An admin sees the members of its scope; a member those of the own branch, and who is not in normal standing
        only the own record."""
        if account.is_admin:
            return self.within(account.seat)
        me = account.member
        return self.filter(organization=me.organization_id) if me.in_good_standing else self.filter(pk=me.pk)

    def within(self, organization: Organization | None) -> "MemberQuerySet":
        """Members of the organisation and of all below it."""
        if organization is None:
            return self.none()
        if organization.depth == 1:
            return self  # the root sees everybody: no join over a whole province
        if organization.nature == Nature.BRANCH:
            return self.filter(organization=organization)
        return self.filter(organization__in=Organization.objects.below(organization).order_by().values("pk"))

    def incomplete(self) -> "MemberQuerySet":
        """待完善: accepted without photo or pledge (rules.md §8). For one member: `missing`."""
        return self.filter(LACKING)

    def complete(self) -> "MemberQuerySet":
        return self.exclude(LACKING)


@tracked(bulk=True)
class Member(models.Model):
    """The login name (`account_name`): the mobile number; else area code + landline; else, from 50 years on, the last
    11 characters of the ID number, or the whole of it where those are taken (F29, F30)."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True)
    # Its index is `member_branch`.
    organization = models.ForeignKey(Organization, models.PROTECT, verbose_name="所属支部", db_index=False)
    account = models.OneToOneField(settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False)

    name = models.CharField("姓名", max_length=30, db_collation="C")
    name_key = models.CharField(max_length=190, db_collation="C", editable=False)
    initials = models.CharField(max_length=30, db_collation="C", editable=False)
    other_key = models.CharField(max_length=190, db_collation="C", editable=False, blank=True)
    other_initials = models.CharField(max_length=30, db_collation="C", editable=False, blank=True)

    id_number_sealed = models.BinaryField(**SEALED)
    id_number_index = models.BinaryField(max_length=32, **SEALED)
    phone_sealed = models.BinaryField(**SEALED)
    phone_index = models.BinaryField(max_length=32, **SEALED)
    landline_sealed = models.BinaryField(**SEALED)
    account_name_sealed = models.BinaryField(**SEALED)
    account_name_index = models.BinaryField(max_length=32, **SEALED)
    address_sealed = models.BinaryField(**SEALED)
    id_number = Sealed("member.id_number", indexed=True)
    phone = Sealed("member.phone", indexed=True)
    landline = Sealed("member.landline")
    account_name = LoginName("member.account_name", indexed=True)
    address = Sealed("member.address")

    sex = models.CharField("性别", max_length=7, choices=Sex, default=Sex.UNKNOWN)
    birth_date = models.DateField("出生日期", null=True, blank=True)
    ethnicity = models.CharField("民族", max_length=20, blank=True)
    education = models.CharField("学历", max_length=20, blank=True)
    occupation = models.CharField("工作岗位", max_length=60, blank=True)
    kind = models.CharField("人员类别", max_length=12, choices=MemberKind)
    joined_on = models.DateField("入党日期")
    full_on = models.DateField("转正日期", null=True, blank=True)
    state = models.CharField("党籍状态", max_length=9, choices=MemberState, default=MemberState.NORMAL)
    lost_contact = models.BooleanField("是否失联", default=False)
    lost_on = models.DateField("失联日期", null=True, blank=True)
    floating = models.BooleanField("是否流动党员", default=False)
    floating_to = models.CharField("外出流向", max_length=60, blank=True)
    photo = models.ImageField("照片", upload_to="members/photos/%Y/%m", blank=True)
    pledged_on = models.DateField("履职承诺", null=True, blank=True)
    exempt_since = models.DateField("使用智能手机不便", null=True, blank=True)
    recycled_at = models.DateTimeField(null=True, editable=False)
    recycled_from = models.CharField(max_length=9, choices=MemberState, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = MemberQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["id_number_index"], condition=~Q(state="recycled"), name="member_id_number_once"
            ),
            models.UniqueConstraint(
                fields=["phone_index"], condition=~Q(state="recycled"), name="member_phone_once"
            ),
            models.UniqueConstraint(
                fields=["account_name_index"], condition=~Q(state="recycled"), name="member_account_name_once"
            ),
            models.CheckConstraint(
                condition=Q(account_name_sealed__isnull=False)
                | Q(account_name_index__isnull=True)
                | Q(phone_index__isnull=False, account_name_index=F("phone_index")),
                name="member_account_name_kept",
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "name_key", "id"], name="member_branch"),
            models.Index(fields=["name_key", "id"], name="member_name_key"),
            models.Index(fields=["name"], name="member_name"),
            # The list's other headings, for who sees a whole province.
            models.Index(fields=["birth_date"], name="member_birth_date"),
            models.Index(fields=["joined_on"], name="member_joined_on"),
            models.Index(fields=["full_on"], name="member_full_on"),
            models.Index(
                fields=["organization", "name_key", "id"],
                condition=Q(state="recycled"),
                name="member_recycle_bin",
            ),
            models.Index(fields=["initials"], name="member_initials"),
            models.Index(fields=["other_key"], condition=~Q(other_key=""), name="member_other_key"),
            models.Index(fields=["other_initials"], condition=~Q(other_key=""), name="member_other_initials"),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args, **kwargs) -> None:
        self.set_name_keys()
        super().save(*args, **kwargs)

    def set_name_keys(self) -> None:
        keys = pinyin_keys(self.name)
        self.name_key, self.initials = keys.full, keys.initials
        self.other_key, self.other_initials = keys.other_full, keys.other_initials

    @property
    def missing(self) -> list[str]:
        """What makes the record 待完善 (`MemberQuerySet.incomplete`), in words."""
        return [label for label, there in (("照片", self.photo), ("履职承诺", self.pledged_on)) if not there]

    @property
    def in_good_standing(self) -> bool:
        """`MemberQuerySet.normal` for one member."""
        return self.state == MemberState.NORMAL

    @property
    def may_log_in(self) -> bool:
        """Who left the party or died has no account any more."""
        return self.state in MAY_LOG_IN

    @property
    def is_counted(self) -> bool:
        """rules.md §1, as `counted()` asks it of many."""
        return self.in_good_standing and self.exempt_since is None

    @property
    def can_use_phone(self) -> bool:
        """F11: who has a phone and no exemption checks in alone."""
        return bool(self.phone_sealed) and self.exempt_since is None
