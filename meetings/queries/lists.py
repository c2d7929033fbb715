"""Lists of meetings for both faces."""

from datetime import datetime
from typing import TYPE_CHECKING, TypeAlias, TypedDict

from django.db.models import Count, F, FilteredRelation, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from accounts.models import Account
from meetings.enums import ATTENDED, Phase
from meetings.models import Meeting, Participant
from members.models import Member

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations


class MyPart(TypedDict):
    """What `with_my_part` adds to a meeting: the member's own row in it, None throughout for who has none; and whether
    the member is in normal standing, without which nobody manages or comes (decision 28)."""

    my_pk: int | None
    my_state: str | None
    my_method: str | None
    my_time: datetime | None
    my_nonce: str | None
    is_organiser: bool | None
    in_standing: bool


MyMeeting: TypeAlias = "WithAnnotations[Meeting, MyPart]"


def for_admin(account: Account) -> QuerySet[Meeting]:
    """What is held in an admin's scope, each with the organisation that called it."""
    return Meeting.objects.visible_to(account).select_related("organization")


def with_counts(meetings: QuerySet[Meeting]) -> QuerySet[Meeting]:
    """`asked` and `came`, by subqueries that run for the page's rows only."""
    rows = Participant.objects.filter(meeting=OuterRef("pk")).order_by().values("meeting")
    number = rows.annotate(n=Count("pk")).values("n")
    came = number.filter(state__in=list(ATTENDED))
    return meetings.annotate(asked=Coalesce(Subquery(number), 0), came=Coalesce(Subquery(came), 0))


def for_member(account: Account) -> QuerySet[MyMeeting]:
    """What a member's account may see, each with the member's own part in it: `my_state`, `is_organiser` and so on."""
    return with_my_part(Meeting.objects.visible_to(account), account.member)


def with_my_part(meetings: QuerySet[Meeting], member: Member) -> QuerySet[MyMeeting]:
    """Each meeting with the member's own row in it, joined once: what `MeetingRow` shows without a query a row."""
    mine = FilteredRelation("participants", condition=Q(participants__member=member))
    return meetings.annotate(
        mine=mine,
        my_pk=F("mine__pk"),
        my_state=F("mine__state"),
        my_method=F("mine__method"),
        my_time=F("mine__checked_in_at"),
        my_nonce=F("mine__nonce"),
        is_organiser=F("mine__organiser"),
        in_standing=Value(member.in_good_standing),
    )


def late(account: Account, now: datetime | None = None) -> QuerySet[Meeting]:
    """Minutes that are due in an account's scope, the longest waiting first (F14, F49)."""
    meetings = Meeting.objects.visible_to(account).in_phase(Phase.AWAITING_MINUTES, now)
    return meetings.select_related("organization").order_by("ends_at")
