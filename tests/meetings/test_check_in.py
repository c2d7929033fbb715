"""F10–F13: a scan always gets an answer."""

from datetime import timedelta

import pytest
from django.utils import timezone

from meetings import codes
from meetings.actions import add_participants, check_in
from meetings.actions.check_in import _take
from meetings.enums import ScanResult
from meetings.models import Participant, UninvitedScan

from . import factories as make


def scan(member, meeting, *, code=None, device=None, now=None, nonce=""):
    return check_in(
        member,
        actor=member.account,
        code=code or codes.rotating_text(meeting.uuid, now),
        device=device or f"phone-{member.pk}",
        nonce=nonce,
        now=now,
    )


@pytest.fixture
def running(house):
    return make.meeting_in("running", house.admin, [house.organiser], house.members[:2])


@pytest.mark.promise("F13")
def test_scan_by_participant_checks_in(house, running):
    answer = scan(house.members[0], running)
    row = running.participants.get(member=house.members[0])
    assert (answer.result, answer.on_time) == (ScanResult.OK, True)
    assert (row.state, row.method, row.device) == ("present", "code", f"phone-{house.members[0].pk}")


@pytest.mark.promise("F13")
def test_second_scan_says_already(house, running):
    first = scan(house.members[0], running)
    second = scan(house.members[0], running)
    assert second.result == ScanResult.ALREADY
    assert second.checked_in_at == first.checked_in_at


@pytest.mark.promise("F13")
def test_repeat_with_same_nonce_returns_first_result(house, running):
    first = scan(house.members[0], running, nonce="n-1")
    again = scan(house.members[0], running, nonce="n-1")
    assert (again.result, again.repeated) == (ScanResult.OK, True)
    assert again.checked_in_at == first.checked_in_at


@pytest.mark.promise("F13")
def test_member_not_on_list_is_told_and_organiser_adds_with_one_tap(house, running):
    outsider = house.members[2]
    answer = scan(outsider, running)
    assert (answer.result, answer.meeting.pk) == (ScanResult.NOT_INVITED, running.pk)
    assert list(UninvitedScan.objects.values_list("meeting", "member")) == [(running.pk, outsider.pk)]
    assert add_participants(running, [outsider], actor=house.organiser.account) == 1
    assert not UninvitedScan.objects.exists()
    assert scan(outsider, running).result == ScanResult.OK


def test_stranger_learns_nothing_of_the_meeting(house, running):
    answer = scan(house.stranger, running)
    assert (answer.result, answer.meeting, answer.title) == (ScanResult.OTHER_BRANCH, None, "您不在参会名单")
    assert running.title not in answer.detail
    assert not UninvitedScan.objects.exists()


@pytest.mark.promise("F13")
@pytest.mark.parametrize(
    ("phase", "result"),
    [
        ("draft", ScanResult.NOT_STARTED),
        ("scheduled", ScanResult.NOT_STARTED),
        ("running", ScanResult.OK),
        ("awaiting_minutes", ScanResult.LATE_OK),
        ("closed", ScanResult.ENDED),
        ("cancelled", ScanResult.ENDED),
    ],
)
def test_scan_in_each_phase(house, phase, result):
    meeting = make.meeting_in(phase, house.admin, [house.organiser], house.members)
    assert scan(house.members[0], meeting).result == result


@pytest.mark.promise("F13")
def test_scan_after_the_end_is_late(house):
    meeting = make.meeting_in("awaiting_minutes", house.admin, [house.organiser], house.members)
    answer = scan(house.members[0], meeting)
    assert (answer.result, answer.on_time) == (ScanResult.LATE_OK, False)
    assert meeting.participants.get(member=house.members[0]).state == "late"


def test_check_in_opens_half_an_hour_before(house, running):
    opens = running.starts_at - timedelta(minutes=30)
    early, first = opens - timedelta(seconds=1), opens
    assert scan(house.members[0], running, now=early).result == ScanResult.NOT_STARTED
    assert scan(house.members[0], running, now=first).result == ScanResult.OK


@pytest.mark.promise("F10")
@pytest.mark.parametrize(
    ("age", "result"), [(0, "ok"), (15, "ok"), (30, "ok"), (45, "code_expired"), (-15, "code_expired")]
)
def test_rotating_code_has_two_steps_of_grace(house, running, age, result):
    now = timezone.now()
    code = codes.rotating_text(running.uuid, now - timedelta(seconds=age))
    assert scan(house.members[0], running, code=code, now=now).result == result


@pytest.mark.promise("F10")
def test_printed_code_is_marked_as_screenshot(house, running):
    answer = scan(house.members[0], running, code=codes.printable_text(running.uuid))
    assert answer.result == ScanResult.OK
    assert running.participants.get(member=house.members[0]).method == "screenshot"


@pytest.mark.promise("F10")
def test_superior_forbids_printed_codes(house, running):
    house.committee.screenshot_codes = False
    house.committee.save()
    printed = scan(house.members[0], running, code=codes.printable_text(running.uuid))
    assert printed.result == ScanResult.CODE_EXPIRED
    assert scan(house.members[0], running).result == ScanResult.OK


@pytest.mark.promise("F13")
@pytest.mark.parametrize(
    "text", ["https://example.com", "", codes.SENTENCE, f"{codes.SENTENCE} AAAA", "请在三晋先锋"]
)
def test_foreign_code(house, running, text):
    assert (
        check_in(house.members[0], actor=house.members[0].account, code=text, device="d").result
        == "foreign_code"
    )


def test_forged_code_is_foreign(house, running):
    text = codes.rotating_text(running.uuid)
    forged = text[:-1] + ("A" if text[-1] != "A" else "E")
    assert scan(house.members[0], running, code=forged).result == ScanResult.FOREIGN_CODE


def test_one_phone_checks_in_one_member(house, running):
    assert scan(house.members[0], running, device="one-phone").result == ScanResult.OK
    assert scan(house.members[1], running, device="one-phone").result == ScanResult.OTHER_DEVICE
    assert running.participants.get(member=house.members[1]).state == "invited"


@pytest.mark.promise("F12")
def test_organiser_attends_from_the_start(house, running):
    row = running.participants.get(member=house.organiser)
    assert (row.state, row.get_method_display()) == ("present", "组织者·自动签到")
    assert scan(house.organiser, running).result == ScanResult.ALREADY


def test_member_on_leave_may_still_come(house, running):
    running.participants.filter(member=house.members[0]).update(state="leave", reason="出差")
    assert scan(house.members[0], running).result == ScanResult.OK


def test_check_in_takes_few_queries(house, running, django_assert_num_queries):
    member = (
        type(house.members[0]).objects.select_related("account", "organization").get(pk=house.members[0].pk)
    )
    code = codes.rotating_text(running.uuid)
    # meeting with host and own row; audit's context; UPDATE; audit row; SAVEPOINT and RELEASE are the test's own frame
    with django_assert_num_queries(6):
        check_in(member, actor=member.account, code=code, device="d")


def test_closed_rows_refuse_a_late_writer(house, running):
    """What the conditional UPDATE sees after filing: a scan that read the meeting before can't write any more."""
    running.participants.update(settled=True)
    assert _take(running.pk, house.members[0].pk, {"state": "present", "method": "code"}) == 0
    assert Participant.objects.get(meeting=running, member=house.members[0]).state == "invited"


@pytest.mark.promise("F10")
def test_a_ban_of_any_host_holds_for_a_joint_meeting(house):
    """The county lets codes be printed, the general branch above the joint host doesn't."""
    general = make.organization("某党总支", nature="general_branch", below=house.committee)
    general.screenshot_codes = False
    general.save()
    branch = make.organization("丙支部", below=general)
    people = [make.member(branch) for _ in range(3)]
    meeting = make.meeting_in("running", house.committee_admin, people[:1], people, joint_hosts=[branch])
    answer = scan(people[1], meeting, code=codes.printable_text(meeting.uuid))
    assert answer.result == ScanResult.CODE_EXPIRED
    assert scan(people[1], meeting).result == ScanResult.OK
