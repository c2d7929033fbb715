"""Lists of meetings for both faces."""

from datetime import datetime

from django.db.models import Case, Count, F, FilteredRelation, IntegerField, Q, QuerySet, Value, When

from meetings.enums import ATTENDED, Phase
from meetings.models import Meeting
from meetings.phases import phase_q
from members.models import Member


def for_admin(account) -> QuerySet[Meeting]:
    """What is held in an admin's scope, with the counts that the list shows."""
    return Meeting.objects.visible_to(account).select_related("organization")


def with_counts(meetings: QuerySet[Meeting]) -> QuerySet[Meeting]:
    """`asked` and `came`, by subqueries of the page's rows only (no join that would multiply the count query)."""
    return meetings.annotate(
        asked=Count("participants"),
        came=Count("participants", filter=Q(participants__state__in=list(ATTENDED))),
    )


def urgency(now: datetime | None = None) -> Case:
    """Orders late minutes first, then what runs, then what comes, then the rest."""
    return Case(
        When(phase_q(Phase.AWAITING_MINUTES, now), then=Value(0)),
        When(phase_q(Phase.RUNNING, now), then=Value(1)),
        When(phase_q(Phase.SCHEDULED, now), then=Value(2)),
        When(phase_q(Phase.DRAFT, now), then=Value(2)),
        default=Value(3),
        output_field=IntegerField(),
    )


def for_member(account) -> QuerySet[Meeting]:
    """What a member's account may see, each with the member's own part in it: `my_state`, `is_organiser` and so on."""
    return with_my_part(Meeting.objects.visible_to(account), account.member)


def with_my_part(meetings: QuerySet[Meeting], member: Member) -> QuerySet[Meeting]:
    mine = FilteredRelation("participants", condition=Q(participants__member=member))
    return meetings.annotate(
        mine=mine,
        my_pk=F("mine__pk"),
        my_state=F("mine__state"),
        my_method=F("mine__method"),
        my_time=F("mine__checked_in_at"),
        my_nonce=F("mine__nonce"),
        is_organiser=F("mine__organiser"),
    )


def late(account, now: datetime | None = None) -> QuerySet[Meeting]:
    """Minutes that are due in an account's scope, the longest waiting first (F14, F49)."""
    meetings = Meeting.objects.visible_to(account).in_phase(Phase.AWAITING_MINUTES, now)
    return meetings.select_related("organization").order_by("ends_at")
