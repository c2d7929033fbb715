"""F14, F49: whoever owes minutes is reminded after an hour and then daily, once each."""

from datetime import timedelta

import pytest
from django.utils import timezone

from meetings.actions.reminders import remind_due
from meetings.models import Meeting
from meetings.phases import next_reminder, reminders_due
from meetings.tasks import remind_late_minutes
from meetings.todos import todos
from members.models import Message

from . import factories as make

HOUR = timedelta(hours=1)


@pytest.fixture
def late(house):
    """Ended two hours ago, organised by two."""
    return make.meeting_in(
        "awaiting_minutes", house.admin, [house.organiser, house.members[0]], house.members
    )


def reminders() -> set[tuple[int, str]]:
    rows = Message.objects.filter(title__startswith="请提交纪要")
    return {(row.recipient_id, row.key.rsplit(":", 1)[-1]) for row in rows}


@pytest.mark.promise("F14", "F49")
def test_organisers_are_reminded_after_an_hour_and_then_daily(house, late):
    organisers = {house.organiser.pk, house.members[0].pk}
    assert remind_due(late.ends_at + HOUR - timedelta(seconds=1)) == 0
    assert remind_due(late.ends_at + HOUR) == 1
    assert reminders() == {(pk, "1") for pk in organisers}
    assert remind_due(late.ends_at + 2 * HOUR) == 0
    assert remind_due(late.ends_at + 25 * HOUR) == 1
    assert reminders() == {(pk, number) for pk in organisers for number in "12"}


def test_task_runs_twice_and_reminds_once(late):
    assert (remind_late_minutes(), remind_late_minutes()) == (1, 0)
    Meeting.objects.update(remind_at=timezone.now())
    remind_late_minutes()
    assert len(reminders()) == 2


@pytest.mark.parametrize("phase", ["draft", "scheduled", "running", "closed", "cancelled"])
def test_nobody_else_is_reminded(house, phase):
    make.meeting_in(phase, house.admin, [house.organiser])
    assert remind_due() == 0


def test_long_silence_is_made_good_by_one_reminder(late):
    assert remind_due(late.ends_at + timedelta(days=9)) == 1
    assert {number for _, number in reminders()} == {"9"}


def test_reminders_are_counted_from_the_end():
    end = timezone.now()
    assert [reminders_due(end, end + n * HOUR) for n in (0, 1, 24, 25, 49)] == [0, 1, 1, 2, 3]
    assert [(next_reminder(end, end + n * HOUR) - end) / HOUR for n in (0, 1, 24, 25)] == [1, 25, 25, 49]


@pytest.mark.promise("F49")
def test_branch_and_superiors_see_who_is_late(house, late):
    for account in (house.admin, house.committee_admin, house.root_admin):
        assert [(todo.where, todo.link) for todo in todos(account)] == [
            ("甲支部", "提交纪要" if account == house.admin else "查看")
        ]
    assert todos(house.sibling_admin) == []
