"""F14, F49: whoever owes minutes is reminded one hour after the end, and then daily."""

from datetime import datetime
from itertools import groupby

from django.db.models import QuerySet
from django.utils import timezone

from meetings.actions.notices import tell
from meetings.enums import MeetingState
from meetings.models import Meeting, Participant
from meetings.phases import next_reminder, reminders_due
from meetings.queries.progress import waited
from sanjin.common.audit import audited

BATCH = 500


def remind_due(now: datetime | None = None) -> int:
    """Remind the organisers of every meeting whose reminder is due; returns how many meetings. Running twice, or at
    once on two workers, reminds once: rows are taken with SKIP LOCKED, and each reminder has its number as key."""
    now = now or timezone.now()
    done = 0
    while _due(now).exists() and (batch := _remind_batch(now)):
        done += batch
    return done


def _due(now: datetime) -> QuerySet[Meeting]:
    return Meeting.objects.filter(state=MeetingState.PUBLISHED, remind_at__lte=now)


def _remind_batch(now: datetime) -> int:
    with audited("meeting.minutes_reminded", actor=None) as entry:
        meetings = list(_due(now).select_for_update(skip_locked=True).order_by("remind_at")[:BATCH])
        organisers = _organisers(meetings)
        for meeting in meetings:
            _remind(meeting, organisers.get(meeting.pk, []), now)
            meeting.remind_at = next_reminder(meeting.ends_at, now)
        Meeting.objects.bulk_update(meetings, ["remind_at"])
        entry.data = {"meetings": len(meetings)}
    return len(meetings)


def _organisers(meetings: list[Meeting]) -> dict[int, list[int]]:
    rows = Participant.objects.organisers().filter(meeting__in=meetings).order_by("meeting")
    pairs = rows.values_list("meeting", "member")
    return {key: [member for _, member in group] for key, group in groupby(pairs, key=lambda pair: pair[0])}


def _remind(meeting: Meeting, organisers: list[int], now: datetime) -> None:
    tell(
        meeting,
        organisers,
        topic=f"late:{reminders_due(meeting.ends_at, now)}",
        title=f"请提交纪要：{meeting.title}",
        body=f"会议已结束{waited(meeting, now)}，还没有提交纪要，参会人员暂未积分。请打开会议，点“提交纪要”。",
        path="/minutes",
    )
