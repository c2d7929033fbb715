"""F14, F46, F48 and rules.md §2–§4: the minutes end a meeting and pay for it, once."""

from collections import Counter
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from meetings.actions import file_minutes, revise_minutes, withdraw_check_in
from meetings.actions.awards import RULES
from meetings.enums import MeetingKind, Phase
from meetings.models import Meeting, Minutes
from meetings.queries.people import Quorum, quorum
from meetings.queries.versions import compare
from members.enums import MemberKind, MemberState
from members.models import Member
from points.awarders import is_open
from points.models import PointEntry, PointRefusal, Rule
from sanjin.common.models import AuditEntry

from . import factories as make
from .test_call import refused

TEXT = "一、学习文件\n二、讨论决定"


def come(meeting: Meeting, members: list[Member], state: str = "present") -> None:
    """As if these had scanned."""
    rows = meeting.participants.filter(member__in=members)
    rows.update(state=state, method="code", checked_in_at=timezone.now())


def earned() -> dict[tuple[int, int], Decimal]:
    """(kind, subject) → points."""
    totals: Counter = Counter()
    for kind, subject, points in PointEntry.objects.values_list("subject_kind", "subject_id", "points"):
        totals[kind, subject] += points
    return dict(totals)


def refusals() -> set[tuple[int, int, str]]:
    return set(PointRefusal.objects.values_list("subject_kind", "subject_id", "reason"))


@pytest.fixture
def running(house):
    return make.meeting_in("running", house.admin, [house.organiser], house.members)


@pytest.mark.promise("F14", "F12")
def test_minutes_end_the_meeting_and_pay_who_came_on_time(house, running):
    come(running, house.members[:1])
    come(running, house.members[1:2], "late")
    minutes = file_minutes(running, TEXT, actor=house.organiser.account)
    running.refresh_from_db()
    assert (running.phase, minutes.version, running.remind_at) == (Phase.CLOSED, 1, None)
    assert earned() == {(1, house.organiser.pk): 5, (1, house.members[0].pk): 5, (2, house.branch.pk): 5}
    assert refusals() == {(1, house.members[1].pk, "late")}
    states = dict(running.participants.values_list("member", "state"))
    assert states[house.members[2].pk] == "absent"
    assert AuditEntry.objects.get(verb="meeting.minutes_filed").data == {"came": 3, "refusal": ""}


@pytest.mark.promise("F48")
def test_second_meeting_of_the_month_earns_nothing_and_says_why(house):
    for _ in range(2):
        meeting = make.meeting_in("running", house.admin, [house.organiser], house.members, kind="group")
        come(meeting, house.members)
        file_minutes(meeting, TEXT, actor=house.admin)
    everybody = [house.organiser, *house.members]
    assert earned() == {(1, m.pk): 5 for m in everybody} | {(2, house.branch.pk): 5}
    row = meeting.participants.get(member=house.members[0])
    assert (row.points, row.points_note) == (0, "本月已积分（每月计 1 次），本次积 0 分")
    host = meeting.hosts.get()
    assert (host.points, host.points_note) == (0, "本月已积分（每月计 1 次），本次积 0 分")


def test_only_organisers_came_pays_nobody(house, running):
    file_minutes(running, TEXT, actor=house.admin)
    assert earned() == {}
    assert refusals() == {(1, house.organiser.pk, "organisers_only"), (2, house.branch.pk, "organisers_only")}


def test_late_people_alone_do_not_make_a_meeting(house, running):
    come(running, house.members, "late")
    file_minutes(running, TEXT, actor=house.admin)
    assert earned() == {}


@pytest.mark.parametrize(("came", "paid"), [(1, True), (0, False)])
def test_congress_needs_half_of_the_votes(house, came, paid):
    """Four voters in the branch (and one without a vote): two make the quorum, the organiser is one of them."""
    probationary = make.member(house.branch, kind=MemberKind.PROBATIONARY)
    meeting = make.meeting_in("running", house.admin, [house.organiser], kind="congress")
    come(meeting, [probationary, *house.members[:came]])
    file_minutes(meeting, TEXT, actor=house.admin)
    if paid:
        assert earned()[2, house.branch.pk] == 5
    else:
        assert earned() == {}
        assert {reason for _, _, reason in refusals()} == {"no_quorum"}


def test_quorum_of_a_closed_congress_stays_as_it_was_counted(house):
    meeting = make.meeting_in("running", house.admin, [house.organiser], kind="congress")
    come(meeting, house.members[:1])
    file_minutes(meeting, TEXT, actor=house.admin)
    make.member(house.branch)
    Member.objects.filter(pk=house.organiser.pk).update(state=MemberState.LEFT)
    assert quorum(Meeting.objects.get()) == Quorum(voters=4, present=2)


def test_guests_without_a_vote_in_it_do_not_fill_the_quorum(house):
    """A committee and the branch of four voters hold it; five of the sibling branch come as guests."""
    guests = [make.member(house.sibling) for _ in range(5)]
    plan = make.plan(
        [house.organiser],
        [house.organiser, *house.members, *guests],
        joint_hosts=[house.branch],
        kind="congress",
        starts_at=timezone.now() - timedelta(hours=1),
    )
    meeting = make.call_meeting(plan, actor=house.committee_admin)
    come(meeting, guests)
    assert quorum(meeting) == Quorum(voters=4, present=1)
    file_minutes(meeting, TEXT, actor=house.committee_admin)
    assert {reason for _, _, reason in refusals()} == {"no_quorum"}


def test_voters_of_all_joint_branches_count(house):
    plan = make.plan(
        [house.organiser],
        joint_hosts=[house.branch, house.sibling],
        kind="congress",
        starts_at=timezone.now() - timedelta(hours=1),
    )
    meeting = make.call_meeting(plan, actor=house.committee_admin)
    come(meeting, [house.stranger])
    assert quorum(meeting) == Quorum(voters=5, present=2)


def test_superior_alone_counts_the_voters_it_asked(house):
    asked = [house.organiser, *house.members[:2], house.stranger]
    plan = make.plan([house.organiser], asked, kind="congress", starts_at=timezone.now() - timedelta(hours=1))
    meeting = make.call_meeting(plan, actor=house.committee_admin)
    come(meeting, [house.stranger])
    assert quorum(meeting) == Quorum(voters=4, present=2)


@pytest.mark.parametrize("wrong", [{"voters": None, "voters_present": None}, {"voters_present": 5}])
def test_database_wants_the_quorum_of_a_closed_congress(house, wrong):
    make.meeting_in("closed", house.admin, [house.organiser], kind="congress")
    with pytest.raises(IntegrityError, match="has_its_quorum"), transaction.atomic():
        Meeting.objects.update(**wrong)


@pytest.mark.parametrize(
    ("kind", "member", "branch"),
    [
        ("congress", 5, 5),
        ("committee", 5, 5),
        ("group", 5, 5),
        ("lecture", 5, 5),
        ("themeday", 5, 5),
        ("life", 5, 10),
        ("appraisal", 0, 10),
        ("training", 5, 2),
        ("other", 0, 2),
    ],
)
def test_each_kind_pays_by_its_rule(house, kind, member, branch):
    meeting = make.meeting_in("running", house.admin, [house.organiser], house.members, kind=kind)
    come(meeting, house.members)
    file_minutes(meeting, TEXT, actor=house.admin)
    paid = {(1, m.pk): member for m in [house.organiser, *house.members]} if member else {}
    assert earned() == paid | {(2, house.branch.pk): branch}
    note = meeting.participants.get(member=house.members[0]).points_note
    assert note == ("" if member else "这类会议不为党员积分")


@pytest.mark.promise("F45")
def test_joint_meeting_pays_each_host(house):
    plan = make.plan(
        [house.organiser],
        joint_hosts=[house.branch, house.sibling],
        starts_at=timezone.now() - timedelta(hours=1),
    )
    meeting = make.call_meeting(plan, actor=house.committee_admin)
    come(meeting, house.members)
    file_minutes(meeting, TEXT, actor=house.committee_admin)
    hosts = (house.committee, house.branch, house.sibling)
    assert {key: v for key, v in earned().items() if key[0] == 2} == {(2, host.pk): 5 for host in hosts}


@pytest.mark.parametrize("phase", [p.value for p in Phase])
def test_filing_in_each_phase(house, phase):
    meeting = make.meeting_in(phase, house.admin, [house.organiser])
    before = Minutes.objects.count()
    if phase in ("running", "awaiting_minutes"):
        assert file_minutes(meeting, TEXT, actor=house.admin).version == 1
    else:
        code = "not_started" if phase == "scheduled" else "wrong_state"
        assert refused(file_minutes, meeting, TEXT, actor=house.admin).code == code
        assert Minutes.objects.count() == before


def test_no_minutes_before_the_start(house):
    """Check-in is open, but nothing has been held yet."""
    start = timezone.now() + timedelta(minutes=10)
    meeting = make.meeting(house.admin, [house.organiser], starts_at=start)
    assert refused(file_minutes, meeting, TEXT, actor=house.admin).code == "not_started"


@pytest.mark.promise("F04")
@pytest.mark.parametrize("kind", MeetingKind.values)
def test_what_a_meeting_books_is_declared_so_that_its_rule_shows_as_open(house, kind):
    meeting = make.meeting_in("running", house.admin, [house.organiser], house.members, kind=kind)
    come(meeting, house.members)
    file_minutes(meeting, TEXT, actor=house.admin)
    booked = {
        code
        for rows in (PointEntry, PointRefusal)
        for code in rows.objects.values_list("rule__code", flat=True)
    }
    assert booked and booked <= RULES and all(is_open(code) for code in booked)
    assert set(Rule.objects.filter(code__in=RULES).values_list("code", flat=True)) == RULES


def test_same_minutes_sent_again_return_the_first(house, running):
    come(running, house.members)
    first = file_minutes(running, TEXT, actor=house.admin)
    assert file_minutes(running, f"{TEXT}\n", actor=house.admin) == first
    assert refused(file_minutes, running, "另一份", actor=house.admin).code == "wrong_state"
    assert len(earned()) == 5
    assert AuditEntry.objects.filter(verb="meeting.minutes_filed").count() == 1


def test_who_may_file(house, running):
    for actor in (house.members[0].account, house.sibling_admin, house.committee_admin):
        assert refused(file_minutes, running, TEXT, actor=actor).code == "not_organiser"


def test_empty_minutes_are_refused(house, running):
    assert refused(file_minutes, running, " \n ", actor=house.admin).code == "minutes_required"


@pytest.mark.promise("F46")
def test_revision_keeps_the_earlier_version_and_can_be_compared(house, running):
    file_minutes(running, TEXT, actor=house.organiser.account)
    newer = revise_minutes(
        running, "一、学习文件\n二、决定事项\n三、签字", actor=house.admin, reason="补充决议"
    )
    older = Minutes.objects.get(version=1)
    assert (newer.version, older.text) == (2, TEXT)
    assert [(line.mark, line.text) for line in compare(older, newer)] == [
        ("same", "一、学习文件"),
        ("gone", "二、讨论决定"),
        ("new", "二、决定事项"),
        ("new", "三、签字"),
    ]


def test_only_what_stands_between_is_compared_line_by_line():
    """A change in a long text is told exactly; two texts of the same few lines over and over, whose comparison would take
    hours, are told apart as wholes."""
    many = [f"第{n}项" for n in range(5000)]
    older, newer = (
        Minutes(text="\n".join(many)),
        Minutes(text="\n".join([*many[:2500], "补充", *many[2501:]])),
    )
    marks = [line.mark for line in compare(older, newer)]
    assert [marks.count(mark) for mark in ("same", "gone", "new")] == [4999, 1, 1]
    assert [line.text for line in compare(older, newer) if line.mark != "same"] == ["第2500项", "补充"]

    older, newer = Minutes(text="\n".join("ab" * 5000)), Minutes(text="\n".join("aab" * 3300))
    lines = compare(older, newer)
    assert "\n".join(line.text for line in lines if line.mark != "new") == older.text
    assert "\n".join(line.text for line in lines if line.mark != "gone") == newer.text


@pytest.mark.promise("F46")
def test_revision_is_the_back_offices_and_says_something_new(house, running):
    assert refused(revise_minutes, running, TEXT, actor=house.admin, reason="补充").code == "wrong_state"
    file_minutes(running, TEXT, actor=house.admin)
    organiser = house.organiser.account
    assert refused(revise_minutes, running, "改", actor=organiser, reason="补充").code == "back_office_only"
    assert refused(revise_minutes, running, TEXT, actor=house.admin, reason="补充").code == "unchanged"
    assert refused(revise_minutes, running, "改", actor=house.admin, reason="").code == "reason_required"


@pytest.mark.promise("F13")
def test_check_in_withdrawn_after_closing_takes_its_points_back(house, running):
    come(running, house.members[:2])
    file_minutes(running, TEXT, actor=house.admin)
    row = withdraw_check_in(running, house.members[0], actor=house.admin, reason="代人扫码")
    row.refresh_from_db()
    assert (row.state, row.points, row.points_note) == ("absent", 0, "原积分已冲销")
    assert earned()[1, house.members[0].pk] == 0
    assert earned()[1, house.members[1].pk] == 5


def test_withdrawn_check_in_that_earned_nothing_keeps_its_reason(house, running):
    come(running, house.members[:1])
    come(running, house.members[1:2], "late")
    file_minutes(running, TEXT, actor=house.admin)
    before = running.participants.get(member=house.members[1])
    row = withdraw_check_in(running, house.members[1], actor=house.admin, reason="代人扫码")
    row.refresh_from_db()
    assert (row.state, row.points, row.points_note) == ("absent", 0, before.points_note)
    assert "冲销" not in row.points_note


def test_allowance_comes_back_with_a_withdrawal(house):
    """The month's one party group meeting was withdrawn, so the next one of the month pays."""
    first, second = (
        make.meeting_in("running", house.admin, [house.organiser], house.members, kind="group")
        for _ in range(2)
    )
    come(first, house.members)
    file_minutes(first, TEXT, actor=house.admin)
    withdraw_check_in(first, house.members[0], actor=house.admin, reason="代人扫码")
    come(second, house.members)
    file_minutes(second, TEXT, actor=house.admin)
    assert second.participants.get(member=house.members[0]).points == 5
    assert second.participants.get(member=house.members[1]).points == 0


def test_filing_takes_the_same_queries_for_any_number(house):
    counted = []
    for people in (1, 3):
        branch = make.organization(below=house.committee)  # a new one each: its first meeting of the month
        organiser, *members = [make.member(branch) for _ in range(people + 1)]
        meeting = make.meeting_in("running", make.admin(branch), [organiser], members)
        come(meeting, members)
        with CaptureQueriesContext(connection) as captured:
            file_minutes(meeting, TEXT, actor=meeting.called_by)
        counted.append(len(captured))
    assert counted[0] == counted[1]
