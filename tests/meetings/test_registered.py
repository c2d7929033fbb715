"""What meetings add to other pages: search, to-do, facts, stakes, export, audit verbs."""

from importlib import import_module
from io import BytesIO

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from python_calamine import CalamineWorkbook

from meetings import facts, stakes
from meetings.actions import file_minutes, proxy_check_in, withdraw_check_in
from meetings.models import Meeting
from meetings.queries.search import found_for_search
from organizations.stakes import Change
from sanjin.common.jobs import run
from sanjin.common.models import Job

from . import factories as make
from .test_pages import signed_in


@pytest.fixture
def running(house):
    return make.meeting_in("running", house.admin, [house.organiser], house.members[:2])


def test_search_stays_in_scope(house, running):
    for account in (house.admin, house.committee_admin):
        assert [answer.name for answer in found_for_search(account, running.title)] == [running.title]
    assert found_for_search(house.sibling_admin, running.title) == []
    assert found_for_search(house.admin, "%") == []


def test_facts_count_and_open_into_their_lists(house, running):
    make.meeting_in("awaiting_minutes", house.admin, [house.organiser])
    found = facts.meetings_held(house.committee, house.committee_admin)
    assert [(fact.label, fact.value) for fact in found] == [
        ("本年已结束", 0),
        ("进行中", 1),
        ("待交纪要", 1),
        ("本年代签到", "0 人次"),
    ]
    client = signed_in(house.committee_admin)
    for fact in found[:3]:
        assert client.get(fact.href).context["listing"].page.paginator.count == fact.value


def test_branch_with_open_meetings_can_not_be_dissolved(house, running):
    assert "还有 1 场会议没有结束" in stakes.refuse(house.branch, Change.DISSOLVED)
    assert stakes.refuse(house.branch, Change.MOVED) is None
    assert stakes.refuse(house.sibling, Change.RECYCLED) is None


def test_list_is_exported_as_it_is_filtered(house, running):
    make.meeting_in("scheduled", house.admin, [house.organiser], title="=1+1")
    client = signed_in(house.admin)
    client.post(reverse("meetings:export") + "?phase=scheduled")
    job = Job.objects.get()
    run(job.pk)
    job.refresh_from_db()
    rows = CalamineWorkbook.from_filelike(BytesIO(job.result.read())).get_sheet_by_index(0).to_python()
    assert rows[0][:2] == ["会议主题", "状态"]
    assert [row[1] for row in rows[1:]] == ["已发布"]


def test_the_superior_sees_how_much_of_the_attendance_was_signed_by_others(house):
    """threats.md: the rate of proxies, of those that are no organisers."""
    people = [make.member(house.branch, phone=False), *house.members]
    # begins now: minutes ago it may have been last year
    meeting = make.meeting(house.admin, [house.organiser], people, starts_at=timezone.now())
    proxy_check_in(meeting, people[0], actor=house.admin, reason="没有手机")
    row = meeting.participants.get(member=people[1])
    row.state, row.method, row.checked_in_at = "present", "code", timezone.now()
    row.save()
    file_minutes(meeting, "纪要", actor=house.admin)
    assert rate(house) == ("1 人次", "占到会签到的 50.0%")
    withdraw_check_in(meeting, house.organiser, actor=house.admin, reason="没有到会")
    assert rate(house) == ("1 人次", "占到会签到的 50.0%")
    withdraw_check_in(meeting, people[1], actor=house.admin, reason="没有到会")
    assert rate(house) == ("1 人次", "占到会签到的 100.0%")
    withdraw_check_in(meeting, people[0], actor=house.admin, reason="没有到会")
    assert rate(house) == ("0 人次", "占到会签到的 —")


def rate(house) -> tuple[str, str]:
    shown = {f.label: f for f in facts.meetings_held(house.committee, house.committee_admin)}["本年代签到"]
    return shown.value, shown.note


def test_the_rate_of_proxies_reads_no_attendance(house, running):
    file_minutes(running, "纪要", actor=house.admin)
    with CaptureQueriesContext(connection) as captured:
        rate(house)
    assert not [query for query in captured if "meetings_participant" in query["sql"]]


def test_the_numbers_of_meetings_closed_before_are_filled_in(house):
    people = [make.member(house.branch, phone=False), *house.members]
    closed, still_open = (
        make.meeting_in("running", house.admin, [house.organiser], people, kind=kind)
        for kind in ("lecture", "themeday")
    )
    for meeting in (closed, still_open):
        proxy_check_in(meeting, people[0], actor=house.admin, reason="没有手机")
        rows = meeting.participants.filter(member=people[1])
        rows.update(state="late", method="code", checked_in_at=timezone.now())
    file_minutes(closed, "纪要", actor=house.admin)
    numbers = Meeting.objects.order_by("pk").values_list("signed", "proxies")
    assert list(numbers) == [(2, 1), (0, 0)]
    Meeting.objects.update(signed=0, proxies=0)
    with connection.cursor() as cursor:
        cursor.execute(import_module("meetings.migrations.0002_counts_and_title").FILL)
    assert list(numbers.all()) == [(2, 1), (0, 0)]


def test_more_proxies_than_signed_are_refused(house, running):
    with pytest.raises(IntegrityError, match="meeting_proxies_are_among_the_signed"):
        Meeting.objects.filter(pk=running.pk).update(signed=0, proxies=1)
