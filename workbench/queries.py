"""The figures of the home page, each of which opens into the list behind it."""

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q

from accounts.enums import AccountState
from accounts.models import Account
from members.enums import Sex
from members.models import Member
from organizations.models import Organization


@dataclass(frozen=True)
class BranchFigures:
    """total = settled + waiting (F40: settled means that the admin account is activated)."""

    total: int
    settled: int

    @property
    def waiting(self) -> int:
        return self.total - self.settled


@dataclass(frozen=True)
class MemberFigures:
    """total = men + women + unknown, always (F38)."""

    men: int
    women: int
    unknown: int

    @property
    def total(self) -> int:
        return self.men + self.women + self.unknown


def branch_figures(account: Account) -> BranchFigures:
    """Active branches in an admin's scope, and how many have an activated admin. One query."""
    active = Account.objects.admins().filter(organization=OuterRef("pk"), state=AccountState.ACTIVE)
    branches = Organization.objects.visible_to(account).branches().order_by()
    row = branches.aggregate(total=Count("pk"), settled=Count("pk", filter=Exists(active)))
    return BranchFigures(**row)


def member_figures(account: Account) -> MemberFigures:
    """Members in an admin's scope by sex, the recycle bin left out. One query."""
    members = Member.objects.visible_to(account).present()
    row = members.aggregate(
        men=Count("pk", filter=Q(sex=Sex.MALE)),
        women=Count("pk", filter=Q(sex=Sex.FEMALE)),
        unknown=Count("pk", filter=Q(sex=Sex.UNKNOWN)),
    )
    return MemberFigures(**row)
