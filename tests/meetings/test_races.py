"""Many at once: real threads with real connections (threats.md, test 5), and controls that fail without the guard."""

from collections import Counter
from datetime import datetime
from threading import Barrier, Event

import pytest
from django.db import transaction
from django.utils import timezone

from meetings import codes
from meetings.actions import cancel_meeting, check_in, file_minutes
from meetings.enums import NEXT, MeetingState
from meetings.models import Meeting, Minutes, Participant, UninvitedScan
from members.models import Member
from points.models import PointEntry
from sanjin.common.errors import RuleError
from sanjin.common.models import AuditEntry
from sanjin.common.states import step
from tests.plugins.workers import WAIT_SECONDS, until
from tests.threads import THREADS, at_once, waiting

from . import factories as make

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def hall(transactional_db, settings):
    """A running meeting with 20 participants, 10 members of the branch who were not asked, and 10 of another branch."""
    # however long a busy machine takes for the scans: their code does not age meanwhile
    settings.MEETING_CODE_GRACE_STEPS = 100
    branch, other = make.organization("甲支部"), make.organization("乙支部")
    organiser = make.member(branch, "张组织")
    asked = [make.member(branch) for _ in range(20)]
    strangers = [make.member(branch) for _ in range(10)] + [make.member(other) for _ in range(10)]
    meeting = make.meeting_in("running", make.admin(branch), [organiser], asked)
    return meeting, asked, strangers


def fresh_code(meeting: Meeting) -> tuple[str, datetime]:
    """The code of this moment, and the moment: on a busy machine hundreds of scans take longer than a code lives."""
    now = timezone.now()
    return codes.rotating_text(meeting.uuid, now), now


def test_500_scans_of_20_participants_and_20_strangers(hall):
    meeting, asked, strangers = hall
    code, now = fresh_code(meeting)
    people = list(
        Member.objects.filter(pk__in=[m.pk for m in asked + strangers]).select_related(
            "organization", "account"
        )
    )

    def scan(number: int):
        member = people[number % len(people)]
        return check_in(member, actor=member.account, code=code, device=f"phone-{member.pk}", now=now)

    answers = at_once(scan, range(500))
    # 500 = 12 rounds of 40 people and half a round more: whoever stands in the first 20 has 13 scans, others 12
    results = Counter(str(answer.result) for answer in answers)
    scans = Counter(people[number % len(people)].pk for number in range(500))
    of_asked = sum(scans[m.pk] for m in asked)
    same_branch = sum(scans[m.pk] for m in strangers[:10])
    assert results == {
        "ok": 20,
        "already": of_asked - 20,
        "not_invited": same_branch,
        "other_branch": 500 - of_asked - same_branch,
    }
    assert meeting.participants.filter(state="present", method="code").count() == 20
    assert UninvitedScan.objects.count() == 10


def test_control_read_then_write_welcomes_somebody_twice(hall):
    """The same race with the usual way, read the state and then save: it must fail, or the test above proves nothing."""
    meeting, asked, _ = hall

    together = Barrier(THREADS)

    def naive(scan: tuple[int, Member]) -> str:
        number, member = scan
        row = Participant.objects.get(meeting=meeting, member=member)
        if number < THREADS:  # everybody's first look comes before anybody's first save, on any machine
            together.wait(WAIT_SECONDS)
        if row.state != "invited":
            return "already"
        row.state, row.method, row.checked_in_at = "present", "code", timezone.now()
        row.save()
        return "ok"

    scans = [member for member in asked for _ in range(25)]
    assert Counter(at_once(naive, enumerate(scans)))["ok"] > 20


def test_one_phone_of_20_members_checks_in_one(hall):
    meeting, asked, _ = hall
    code, now = fresh_code(meeting)
    people = list(
        Member.objects.filter(pk__in=[m.pk for m in asked]).select_related("organization", "account")
    )

    def scan(member: Member) -> str:
        answer = check_in(member, actor=member.account, code=code, device="one-phone", now=now)
        return str(answer.result)

    assert Counter(at_once(scan, people, threads=20)) == {"ok": 1, "other_device": 19}


def test_repeats_of_one_request_all_get_its_first_result(hall):
    meeting, asked, _ = hall
    code, now = fresh_code(meeting)
    member = Member.objects.select_related("organization", "account").get(pk=asked[0].pk)

    def scan(_: int):
        return check_in(member, actor=member.account, code=code, device="phone", nonce="one-request", now=now)

    answers = at_once(scan, range(64))
    assert {(str(a.result), a.checked_in_at) for a in answers} == {
        ("ok", Participant.objects.get(meeting=meeting, member=member).checked_in_at)
    }
    assert sum(not answer.repeated for answer in answers) == 1


def test_meeting_is_called_once_by_a_double_click(transactional_db):
    branch = make.organization()
    organiser, _ = make.member(branch), make.member(branch)
    plan, actor = make.plan([organiser]), make.admin(branch)

    def call(_: int) -> str:
        try:
            make.call_meeting(plan, actor=actor)
        except RuleError as error:
            return error.code
        return "called"

    assert Counter(at_once(call, range(16), threads=16)) == {"called": 1, "already_called": 15}
    assert Meeting.objects.count() == 1


def test_two_organisers_file_minutes_at_once_and_it_pays_once(hall):
    meeting, asked, _ = hall
    meeting.participants.update(state="present", method="code", checked_in_at=timezone.now())
    actors = [meeting.called_by, meeting.participants.get(organiser=True).member.account]

    def file(number: int) -> str:
        try:
            file_minutes(meeting, f"纪要 {number}", actor=actors[number % 2])
        except RuleError as error:
            return error.code
        return "filed"

    assert Counter(at_once(file, range(8), threads=8)) == {"filed": 1, "wrong_state": 7}
    assert Minutes.objects.count() == 1
    assert PointEntry.objects.filter(subject_kind=1).count() == 21
    assert PointEntry.objects.filter(subject_kind=2).count() == 1


def test_the_same_minutes_sent_eight_times_at_once_are_filed_once_and_all_get_it(hall):
    meeting, asked, _ = hall
    meeting.participants.update(state="present", method="code", checked_in_at=timezone.now())

    def file(_: int) -> str:
        try:
            return str(file_minutes(meeting, "同一份纪要", actor=meeting.called_by).pk)
        except RuleError as error:
            return error.code

    answers = at_once(file, range(8), threads=8)
    assert set(answers) == {str(Minutes.objects.get().pk)}
    assert AuditEntry.objects.filter(verb="meeting.minutes_filed").count() == 1
    assert PointEntry.objects.filter(subject_kind=1).count() == 21


def test_control_looking_before_the_lock_refuses_the_repetitions(hall):
    """The same race with the look first and the lock second: it must fail, or the test above proves nothing."""
    meeting, asked, _ = hall
    looked = Barrier(8)

    def naive(_: int) -> str:
        first = meeting.minutes.filter(version=1, author=meeting.called_by, text="同一份纪要").first()
        looked.wait(WAIT_SECONDS)
        if first:
            return "filed"
        try:
            with transaction.atomic():
                row = Meeting.objects.select_for_update().get(pk=meeting.pk)
                row.state = step(NEXT, row.state, MeetingState.CLOSED)
                row.closed_at = timezone.now()
                row.save()
        except RuleError as error:
            return error.code
        return "filed"

    assert Counter(at_once(naive, range(8), threads=8)) == {"filed": 1, "wrong_state": 7}


def test_who_stops_organising_during_the_wait_for_the_lock_is_refused(hall):
    """The permission is asked when the lock is held."""
    meeting, asked, _ = hall
    organiser, locked = meeting.participants.filter(organiser=True), Event()
    actor = organiser.get().member.account

    def act(part: str) -> str:
        if part == "demote":
            with transaction.atomic():
                Meeting.objects.select_for_update().get(pk=meeting.pk)
                locked.set()
                until(waiting, what="the other's wait")
                organiser.update(organiser=False)
            return "demoted"
        locked.wait(WAIT_SECONDS)
        try:
            cancel_meeting(meeting, actor=actor, reason="改期")
        except RuleError as error:
            return error.code
        return "cancelled"

    assert set(at_once(act, ["demote", "cancel"], threads=2)) == {"demoted", "not_organiser"}


def test_scans_that_race_with_the_minutes_are_paid_or_refused(hall):
    """Nobody is welcomed after the count: who got 签到成功 is paid, the others hear 会议已结束 and are absent."""
    meeting, asked, _ = hall
    code, now = fresh_code(meeting)
    people = list(
        Member.objects.filter(pk__in=[m.pk for m in asked]).select_related("organization", "account")
    )
    organiser = meeting.participants.get(organiser=True).member
    Participant.objects.filter(meeting=meeting, member=people[0]).update(
        state="present", method="code", checked_in_at=timezone.now()
    )

    def act(number: int) -> tuple[int, str]:
        if number == 10:
            file_minutes(meeting, "纪要", actor=organiser.account)
            return 0, "filed"
        member = people[number % len(people)]
        answer = check_in(member, actor=member.account, code=code, device=f"phone-{member.pk}", now=now)
        return member.pk, str(answer.result)

    results = at_once(act, range(20), threads=20)
    welcomed = {pk for pk, result in results if result == "ok"} | {people[0].pk, organiser.pk}
    paid = set(PointEntry.objects.filter(subject_kind=1).values_list("subject_id", flat=True))
    present = set(meeting.participants.filter(state="present").values_list("member", flat=True))
    assert welcomed == paid == present
    assert {result for _, result in results} <= {"ok", "ended", "already", "filed"}
    assert meeting.participants.filter(state="invited").count() == 0
