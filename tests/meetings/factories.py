"""A small tree with people in it, and meetings at any moment of their lives."""

from datetime import date, timedelta
from functools import partial
from itertools import count
from typing import Any

from django.utils import timezone

from accounts.enums import AccountKind, AccountState
from accounts.models import Account, DeviceToken
from meetings.actions import MeetingPlan, call_meeting, cancel_meeting, file_minutes
from meetings.enums import MeetingKind
from meetings.models import Meeting
from members.enums import MemberKind
from members.models import Member, MemberPost, Post
from organizations.enums import Nature
from organizations.models import Organization
from tests import factories
from tests.factories import admin

__all__ = ["admin", "meeting", "meeting_in", "member", "organization", "plan", "secretary", "token"]

_numbers = count(1)


organization = partial(factories.organization, nature=Nature.BRANCH)


def member(of: Organization, name: str = "", *, phone: bool = True, **values: Any) -> Member:
    """A full member in normal standing with a login; `phone=False`: one who has none."""
    number = next(_numbers)
    account = Account.objects.create(name=f"m{number}", kind=AccountKind.MEMBER, state=AccountState.ACTIVE)
    row = Member(organization=of, account=account, name=name or f"党员{number}", joined_on=date(2010, 7, 1))
    row.kind = values.pop("kind", MemberKind.FULL)
    row.id_number = f"14010519800101{number:04d}"
    if phone:
        row.phone = f"138{number:08d}"
    for field, value in values.items():
        setattr(row, field, value)
    row.save()
    return row


def token(of: Member, device: str = "") -> str:
    _, text = DeviceToken.objects.create(user=of.account, device=device or f"device-{of.pk}")
    return text


def secretary(of: Member) -> MemberPost:
    post, _ = Post.objects.get_or_create(nature=of.organization.nature, name="书记", exclusive=True)
    return MemberPost.objects.create(
        member=of, post=post, organization=of.organization, exclusive=True, since=date(2024, 1, 1)
    )


def plan(organisers: list[Member], participants: list[Member] | None = None, **values: Any) -> MeetingPlan:
    """Tomorrow for two hours, unless `values` say otherwise."""
    start = values.pop("starts_at", timezone.now() + timedelta(days=1))
    defaults = {
        "kind": MeetingKind.LECTURE,
        "title": f"学习会议 {next(_numbers)}",
        "place": "三楼会议室",
        "starts_at": start,
        "ends_at": values.pop("ends_at", start + timedelta(hours=2)),
        "organisers": organisers,
        "participants": participants,
    }
    return MeetingPlan(**(defaults | values))


def meeting(
    actor: Account, organisers: list[Member], participants: list[Member] | None = None, **values
) -> Meeting:
    return call_meeting(plan(organisers, participants, **values), actor=actor)


# How far from now a meeting starts, for each phase that the clock makes; it lasts two hours.
STARTS = {
    "scheduled": timedelta(days=1),
    "running": timedelta(minutes=-10),
    "awaiting_minutes": timedelta(hours=-4),
}


def meeting_in(phase: str, actor: Account, organisers: list[Member], participants=None, **values) -> Meeting:
    """A meeting that stands in `phase` at this moment."""
    if phase in STARTS:
        return meeting(actor, organisers, participants, starts_at=timezone.now() + STARTS[phase], **values)
    if phase == "draft":
        return call_meeting(plan(organisers, participants, **values), actor=actor, publish=False)
    made = meeting_in("awaiting_minutes", actor, organisers, participants, **values)
    if phase == "cancelled":
        return cancel_meeting(made, actor=actor, reason="改期")
    file_minutes(made, "一、学习文件", actor=actor)
    made.refresh_from_db()
    return made
