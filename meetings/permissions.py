"""Who may see, call and manage meetings. Defined once, asked by pages and API alike."""

from typing import Any

from django.db.models import Q

from accounts.enums import AccountState
from accounts.models import Account
from meetings.enums import MeetingState
from members.models import MemberPost
from organizations.enums import OrganizationState
from organizations.models import Organization
from organizations.paths import subtree

NOT_DRAFT = ~Q(state=MeetingState.DRAFT)


def visible(account: Account) -> list[Q]:
    """Why an account may see a meeting: any one of these, each a way through an index of its own; in one OR they would
    make PostgreSQL read every meeting of the province. A single way never finds a meeting twice; several may."""
    if not account.is_admin:
        me, own = account.member, account.member.organization_id
        asked = Q(participants__member=me) & (NOT_DRAFT | Q(participants__organiser=True))
        if not me.in_good_standing:  # the own record, not the branch's life
            return [asked]
        return [asked, Q(hosts__organization=own) & NOT_DRAFT]
    seat = account.seat
    published_or_own = NOT_DRAFT | Q(organization=seat)
    if seat.depth == 1:
        return [published_or_own]
    if seat.is_branch:
        return [Q(hosts__organization=seat) & published_or_own]
    below = subtree(seat.path, "hosts__organization__")
    return [below & NOT_DRAFT, Q(organization=seat)]


def manageable(account: Account) -> Q:
    """What an account may change: an admin what its own organisation called (superiors only read), a member what the
    member organises. The join finds at most one row: a member is in a meeting once."""
    if account.is_admin:
        return Q(organization=account.organization_id)
    if not account.member.in_good_standing:
        return Q(pk__in=())
    return Q(participants__member=account.member, participants__organiser=True)


def can_manage(account: Account, meeting: Any) -> bool:
    """The same as `manageable`, for one meeting."""
    return bool(type(meeting).objects.filter(manageable(account), pk=meeting.pk).exists())


def host_of(account: Account) -> Organization:
    """On whose behalf an account calls meetings: an admin's organisation, a post holder's branch."""
    return account.seat if account.is_admin else account.member.organization


def can_call(account: Account) -> bool:
    """Admins for their own organisation; members in normal standing who hold a post that may call meetings (product.md,
    Who uses it)."""
    if account.state != AccountState.ACTIVE or host_of(account).state != OrganizationState.ACTIVE:
        return False
    if account.is_admin:
        return True
    if not account.member.in_good_standing:
        return False
    held = MemberPost.objects.current().filter(member=account.member)
    return held.filter(organization=account.member.organization_id, post__may_call_meetings=True).exists()
