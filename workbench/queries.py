"""The figures of the home page, each of which opens into the list behind it."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from accounts.enums import AdminState
from accounts.models import Account
from accounts.queries import by_admin, settled_in
from meetings.enums import Phase
from meetings.models import Meeting
from meetings.phases import phase_q
from members.enums import Sex
from members.models import Member
from organizations.models import Organization


@dataclass(frozen=True)
class BranchFigures:
    """total = settled + waiting + without (F40: settled means that the admin account is activated)."""

    total: int
    settled: int
    without: int  # no admin account at all

    @property
    def waiting(self) -> int:
        return self.total - self.settled - self.without


@dataclass(frozen=True)
class MemberFigures:
    """total = men + women + unknown, always (F38)."""

    men: int
    women: int
    unknown: int

    @property
    def total(self) -> int:
        return self.men + self.women + self.unknown


@dataclass(frozen=True)
class MeetingFigures:
    """`held`: began this month and are closed. `running`, and `late` without minutes: whenever they began."""

    held: int
    running: int
    late: int


def branch_figures(account: Account) -> BranchFigures:
    """Active branches in an admin's scope, and how many have an activated admin or none at all. Two queries."""
    rows = Organization.objects.visible_to(account)
    branches = settled_in(rows)
    without = by_admin(rows.branches().order_by(), AdminState.NONE).count()
    return BranchFigures(total=branches.all, settled=branches.settled, without=without)


def member_figures(account: Account) -> MemberFigures:
    """Members in an admin's scope by sex, the recycle bin left out. One query."""
    members = Member.objects.visible_to(account).present()
    row = members.aggregate(
        men=Count("pk", filter=Q(sex=Sex.MALE)),
        women=Count("pk", filter=Q(sex=Sex.FEMALE)),
        unknown=Count("pk", filter=Q(sex=Sex.UNKNOWN)),
    )
    return MemberFigures(**row)


def meeting_figures(account: Account, now: datetime) -> MeetingFigures:
    """What an admin's scope has held this month, and what is still open in it. One query."""
    month = now.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    held = phase_q(Phase.CLOSED, now) & Q(starts_at__gte=month)
    running, late = phase_q(Phase.RUNNING, now), phase_q(Phase.AWAITING_MINUTES, now)
    # The filter repeats the three: it keeps all that was ever held out of the count, by the indexes.
    rows = Meeting.objects.visible_to(account).filter(held | running | late)
    row = rows.aggregate(
        held=Count("pk", filter=held),
        running=Count("pk", filter=running),
        late=Count("pk", filter=late),
    )
    return MeetingFigures(**row)
