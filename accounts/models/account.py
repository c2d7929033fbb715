"""Who you are. An admin account belongs to an organisation, a member's account to a person."""

from collections.abc import Iterator

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils.crypto import salted_hmac

from accounts.enums import AccountKind, AccountState, Role
from organizations.enums import Nature
from organizations.models import Organization
from sanjin.common.history import tracked


class AccountQuerySet(models.QuerySet["Account"]):
    def admins(self) -> "AccountQuerySet":
        return self.filter(kind=AccountKind.ADMIN)

    def locked(self, pk: int) -> "Account":
        """The row, locked until the transaction ends, with its organisation."""
        rows = self.select_for_update(of=("self",)).select_related("organization__type")
        return rows.get(pk=pk)

    def visible_to(self, account: "Account") -> "AccountQuerySet":
        """Admin accounts of the organisations in an admin's scope."""
        return self.admins().filter(organization__in=Organization.objects.within(account))


AccountManager = BaseUserManager.from_queryset(AccountQuerySet)


@tracked(exclude=["password", "last_login", "session_epoch"])
class Account(AbstractBaseUser):
    """`name`: an admin's is what is typed at login (`tys00012`); a member's is opaque (`m` + uuid), because members log
    in with a phone number, which is personal and stands sealed on the member (threats.md).

    `one_time_until`: set while the password is a one-time one from a slip (F42). `session_epoch`: counting it up ends
    all sessions, also those that would come back when a frozen account is unfrozen."""

    name = models.CharField("账号", max_length=40, unique=True)
    kind = models.CharField("账号类别", max_length=6, choices=AccountKind)
    state = models.CharField("状态", max_length=6, choices=AccountState, default=AccountState.ISSUED)
    organization = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="accounts", verbose_name="所属组织"
    )
    display_name = models.CharField("姓名", max_length=30, blank=True)
    activated_at = models.DateTimeField("激活时间", null=True, blank=True)
    frozen_reason = models.CharField("冻结原因", max_length=200, blank=True)
    one_time_until = models.DateTimeField("一次性口令有效期至", null=True, blank=True)
    session_epoch = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = AccountManager()

    USERNAME_FIELD = "name"

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="member", organization__isnull=True)
                | Q(kind="admin", organization__isnull=False),
                name="admins_have_an_organization",
            )
        ]
        indexes = [models.Index(fields=["organization", "state"], name="account_organization")]

    def __str__(self) -> str:
        return self.display_name or self.name

    @property
    def is_active(self) -> bool:
        """Django and knox ask this: a frozen or not yet activated account has no session and no token."""
        return self.state == AccountState.ACTIVE

    def get_session_auth_hash(self) -> str:
        """Django compares this on each request: a new password or a new epoch ends every session."""
        return self._session_hash()

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        for secret in settings.SECRET_KEY_FALLBACKS:
            yield self._session_hash(secret)

    def _session_hash(self, secret: str | None = None) -> str:
        value = f"{self.password}|{self.session_epoch}"
        return salted_hmac("accounts.session", value, secret=secret, algorithm="sha256").hexdigest()

    @property
    def is_admin(self) -> bool:
        return self.kind == AccountKind.ADMIN

    @property
    def seat(self) -> Organization:
        """The organisation that an admin account belongs to. A member's account has none: ask `is_admin` first."""
        assert self.organization is not None  # `admins_have_an_organization`
        return self.organization

    @property
    def audit_label(self) -> str:
        return f"{self.name} {self.display_name}".strip() if self.is_admin else self.display_name

    @property
    def role(self) -> Role:
        """The role follows from the organisation's nature; the root is the organisation without a superior."""
        if not self.is_admin:
            return Role.MEMBER
        if self.seat.depth == 1:
            return Role.ROOT_ADMIN
        return {
            Nature.COMMITTEE: Role.COMMITTEE_ADMIN,
            Nature.GENERAL_BRANCH: Role.GENERAL_BRANCH_ADMIN,
            Nature.BRANCH: Role.BRANCH_ADMIN,
        }[Nature(self.seat.nature)]
