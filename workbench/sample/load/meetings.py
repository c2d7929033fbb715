"""Meetings of the sample: held ones with check-ins and minutes, one running now, one to come, one without minutes.

A held meeting lies in the past, where no action may write, so its rows are made here. Its minutes are filed by the
real action: what it pays, refuses and marks is what any meeting pays.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from django.db.models import F, OuterRef, Subquery
from django.utils import timezone

from accounts.enums import AccountState
from accounts.models import Account
from meetings.actions import MeetingPlan, call_meeting, file_minutes
from meetings.enums import Attendance, MeetingKind, MeetingState, Method
from meetings.models import Host, Meeting, Minutes, Participant
from meetings.phases import next_reminder
from members.models import Member
from organizations.models import Organization

from ..node import Node
from ..tree import Province
from .organizations import organization_id

# kind, title, which day of the month, and whether it is held in every month or once a quarter
CALENDAR = (
    (MeetingKind.COMMITTEE, "{month}月支委会：研究党建工作", 3, False),
    (MeetingKind.THEMEDAY, "{month}月主题党日：志愿服务进社区", 8, False),
    (MeetingKind.GROUP, "{month}月党小组会：学习讨论", 12, False),
    (MeetingKind.CONGRESS, "第{quarter}季度党员大会：通报工作、讨论发展党员", 16, True),
    (MeetingKind.LECTURE, "第{quarter}季度党课：学习党章", 18, True),
)
MINUTES = "会议按议程进行，与会党员作了发言。会议要求抓好落实，下次会议通报进展。"
FILED_AFTER = timedelta(hours=2)
RUNNING_HOURS = 8
FAR_AWAY = (
    0.2  # the share of the other branches that have held a meeting: each costs a few hundredths of a second
)


@dataclass(frozen=True, slots=True)
class Held:
    """A meeting to make: in the past, of this branch."""

    kind: MeetingKind
    title: str
    starts_at: datetime


def load(province: Province, seed: int) -> None:
    """This year's meetings of the sample branch, a few of its neighbours' and of others far away, and today's."""
    show = province.showcase
    neighbours = {node for node in show.committee.walk() if node.members}
    year = list(_year())
    newest = [plan for plan in year if plan.kind in (MeetingKind.THEMEDAY, MeetingKind.GROUP)][-4:]
    for node in province.branches():
        rng = Random(f"{seed}:meetings:{node.number}")
        if node is show.branch:
            _hold(node, year, rng)
        elif node in neighbours:
            _hold(node, rng.sample(newest, min(3, len(newest))), rng)
        elif node.members and rng.random() < FAR_AWAY:
            _hold(node, newest[-1:], rng)
    _file_back_then()
    _forget_minutes(show.branch)
    Meeting.objects.update(created_at=F("published_at"))  # called three days ahead, not now
    call_today(show.branch)


def _year() -> Iterator[Held]:
    """What a diligent branch has held this year up to yesterday, oldest first."""
    now = timezone.localtime()
    for month in range(1, now.month + 1):
        for kind, title, day, quarterly in CALENDAR:
            starts_at = now.replace(month=month, day=day, hour=15, minute=0, second=0, microsecond=0)
            quarter = (month + 2) // 3
            due = month % 3 == 2 if quarterly else True
            if due and starts_at < now - timedelta(days=1):
                yield Held(kind, title.format(month=month, quarter="一二三四"[quarter - 1]), starts_at)


def _hold(branch: Node, plans: list[Held], rng: Random) -> None:
    branch_id = organization_id(branch)
    members = list(Member.objects.filter(organization=branch_id, state="normal").order_by("id"))
    admin = Account.objects.filter(organization=branch_id, state=AccountState.ACTIVE).first()
    for plan in plans if admin else ():  # a branch whose admin is not activated holds nothing here yet
        meeting = _make(branch_id, plan, _invited(plan.kind, members), admin, rng)
        file_minutes(meeting, MINUTES, actor=admin)


def _file_back_then() -> None:
    """The minutes were filed just now; in the story, two hours after each meeting."""
    Meeting.objects.filter(state=MeetingState.CLOSED).update(closed_at=F("ends_at") + FILED_AFTER)
    ended = Meeting.objects.filter(pk=OuterRef("meeting")).values("ends_at")
    Minutes.objects.update(at=Subquery(ended) + FILED_AFTER)


def _invited(kind: MeetingKind, members: list[Member]) -> list[Member]:
    """The committee meets alone, a group is the first half of the branch."""
    if kind == MeetingKind.COMMITTEE:
        return members[:3]
    return members[: max(4, len(members) // 2)] if kind == MeetingKind.GROUP else members


def _make(branch_id: int, plan: Held, invited: list[Member], admin: Account, rng: Random) -> Meeting:
    meeting = Meeting.objects.create(
        organization_id=branch_id,
        kind=plan.kind,
        title=plan.title,
        agenda="一、学习文件；二、讨论发言；三、小结。",
        place="党员活动室",
        starts_at=plan.starts_at,
        ends_at=plan.starts_at + timedelta(minutes=90),
        state=MeetingState.PUBLISHED,
        called_by=admin,
        published_at=plan.starts_at - timedelta(days=3),
    )
    Host.objects.create(meeting=meeting, organization_id=branch_id)
    rows = [_participant(meeting, member, place, rng) for place, member in enumerate(invited)]
    Participant.objects.bulk_create(rows)
    return meeting


def _participant(meeting: Meeting, member: Member, place: int, rng: Random) -> Participant:
    """The first organises; most of the others scan in time, a few come late, stay away or ask for leave."""
    row = Participant(meeting=meeting, member=member, organiser=place == 0, state=Attendance.PRESENT)
    chance = rng.random()
    if place == 0:
        row.method = Method.ORGANISER
    elif chance < 0.87:
        row.method = Method.CODE if member.can_use_phone else Method.PROXY
        row.checked_in_at = meeting.starts_at - timedelta(minutes=rng.randint(1, 20))
    elif chance < 0.9:
        row.state, row.method = Attendance.LATE, Method.CODE
        row.checked_in_at = meeting.ends_at + timedelta(minutes=5)
    else:
        row.state = Attendance.LEAVE if chance < 0.95 else Attendance.INVITED
        row.reason = "外出" if row.state == Attendance.LEAVE else ""
    if row.method == Method.PROXY:
        row.by, row.reason = meeting.called_by, "没有手机"
    return row


def _forget_minutes(branch: Node) -> None:
    """Yesterday's meeting still waits for its minutes (F14)."""
    branch_id = organization_id(branch)
    starts_at = timezone.localtime().replace(hour=19, minute=30, second=0, microsecond=0) - timedelta(days=1)
    members = list(Member.objects.filter(organization=branch_id).order_by("id"))
    admin = Account.objects.get(organization=branch_id)
    meeting = _make(
        branch_id,
        Held(MeetingKind.TRAINING, "教育培训：基层工作方法", starts_at),
        members,
        admin,
        Random(branch_id),
    )
    meeting.remind_at = next_reminder(meeting.ends_at, timezone.now())
    meeting.save(update_fields=["remind_at"])


def call_today(branch: Node) -> None:
    """Called by the real action, as a branch admin would: running now, and the day after tomorrow."""
    organization = Organization.objects.get(pk=organization_id(branch))
    admin = Account.objects.get(organization=organization)
    organiser = Member.objects.filter(organization=organization).order_by("id")[:1]
    now = timezone.localtime()
    for kind, title, starts_at, hours in (
        # Of a kind that the branch has not held this year, so that it earns.
        (MeetingKind.LIFE, "组织生活会：学习讨论、对照检查", now - timedelta(minutes=10), RUNNING_HOURS),
        (MeetingKind.OTHER, "入户走访", now.replace(hour=9, minute=0) + timedelta(days=2), 2),
    ):
        starts_at = starts_at.replace(second=0, microsecond=0)
        call_meeting(
            MeetingPlan(
                kind=kind,
                title=title,
                agenda="一、学习文件；二、讨论发言；三、小结。",
                place="社区活动室",
                starts_at=starts_at,
                ends_at=starts_at + timedelta(hours=hours),
                organisers=list(organiser),
            ),
            actor=admin,
        )
