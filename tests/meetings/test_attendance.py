"""F11, F13, F15: proxy, withdrawal, leave."""

from collections import Counter
from datetime import date

import pytest
from django.utils import timezone

from meetings.actions import ask_leave, proxy_check_in, withdraw_check_in
from meetings.enums import Phase
from members.actions.records import recycle_member
from members.models import Message
from sanjin.common.errors import RuleError
from sanjin.common.models import AuditEntry

from . import factories as make
from .test_call import refused


@pytest.fixture
def old(house):
    return make.member(house.branch, "赵老", phone=False)


@pytest.fixture
def running(house, old):
    return make.meeting_in("running", house.admin, [house.organiser])


@pytest.mark.promise("F11")
def test_organiser_signs_in_for_member_without_phone(house, running, old):
    row = proxy_check_in(running, old, actor=house.organiser.account, reason="没有手机")
    assert (row.state, row.get_method_display(), row.reason) == ("present", "组织者代签到", "没有手机")
    assert AuditEntry.objects.get(verb="meeting.proxy_checked_in").reason == "没有手机"
    assert Message.objects.filter(recipient=old, title__startswith="已代您签到").exists()


@pytest.mark.promise("F11")
def test_organiser_signs_in_for_exempt_member(house, running):
    exempt = house.members[0]
    exempt.exempt_since = date(2026, 1, 1)
    exempt.save()
    assert proxy_check_in(running, exempt, actor=house.admin, reason="视力不好").state == "present"


@pytest.mark.promise("F11")
def test_member_with_phone_must_come_alone(house, running):
    error = refused(proxy_check_in, running, house.members[0], actor=house.organiser.account, reason="忘带")
    assert (error.code, error.status) == ("can_scan", 403)
    assert "须本人扫码签到" in error.message
    assert "更正资料中的手机号" in error.message and "满 30 天" in error.message
    assert "使用智能手机不便" not in error.message  # nobody can ask for it yet


@pytest.mark.parametrize("phase", [p.value for p in Phase])
def test_proxy_in_each_phase(house, old, phase):
    meeting = make.meeting_in(phase, house.admin, [house.organiser])
    if phase == "running":
        assert proxy_check_in(meeting, old, actor=house.admin, reason="没有手机").state == "present"
    elif phase == "awaiting_minutes":
        assert proxy_check_in(meeting, old, actor=house.admin, reason="没有手机").state == "late"
    else:
        assert (
            refused(proxy_check_in, meeting, old, actor=house.admin, reason="没有手机").code == "wrong_state"
        )


def test_proxy_twice_is_refused(house, running, old):
    proxy_check_in(running, old, actor=house.admin, reason="没有手机")
    assert refused(proxy_check_in, running, old, actor=house.admin, reason="没有手机").code == "already"


def test_ordinary_member_signs_in_for_nobody(house, running, old):
    actor = house.members[0].account
    assert refused(proxy_check_in, running, old, actor=actor, reason="没有手机").code == "not_organiser"


@pytest.mark.promise("F13")
def test_withdrawn_check_in_frees_member_and_phone(house, running, old):
    proxy_check_in(running, old, actor=house.admin, reason="没有手机")
    row = withdraw_check_in(running, old, actor=house.organiser.account, reason="认错了人")
    assert (row.state, row.method, row.device, row.checked_in_at) == ("invited", "", "", None)
    assert AuditEntry.objects.get(verb="meeting.check_in_withdrawn").reason == "认错了人"
    assert proxy_check_in(running, old, actor=house.admin, reason="确实到会").state == "present"


def test_what_happens_again_is_told_again(house, running, old):
    """However fast: each sign-in and each withdrawal is a message of its own."""
    for _ in range(2):
        proxy_check_in(running, old, actor=house.admin, reason="没有手机")
        withdraw_check_in(running, old, actor=house.admin, reason="误签")
    titles = Counter(Message.objects.filter(recipient=old).values_list("title", flat=True))
    signed, withdrawn = f"已代您签到：{running.title}", f"签到已撤回：{running.title}"
    assert titles == {f"会议通知：{running.title}": 1, signed: 2, withdrawn: 2}


def test_withdrawing_needs_a_check_in_and_a_reason(house, running, old):
    assert refused(withdraw_check_in, running, old, actor=house.admin, reason="错").code == "reason_required"
    assert refused(withdraw_check_in, running, old, actor=house.admin, reason="错了").code == "not_checked_in"


@pytest.mark.parametrize("phase", [p.value for p in Phase])
def test_leave_in_each_phase(house, phase):
    meeting = make.meeting_in(phase, house.admin, [house.organiser])
    actor = house.members[0].account
    if phase in ("scheduled", "running"):
        assert ask_leave(meeting, actor=actor, reason="出差").state == "leave"
    else:
        assert refused(ask_leave, meeting, actor=actor, reason="出差").code == "wrong_state"


def test_organiser_can_not_ask_for_leave(house, running):
    assert refused(ask_leave, running, actor=house.organiser.account, reason="出差").code == "organiser_stays"


def test_stranger_can_not_ask_for_leave(house, running):
    assert refused(ask_leave, running, actor=house.stranger.account, reason="出差").code == "not_participant"


@pytest.mark.promise("F11")
def test_a_phone_taken_away_for_the_meeting_opens_no_proxy(house, settings):
    person = house.members[0]
    meeting = make.meeting_in("running", house.admin, [house.organiser], house.members)
    person.phone = None
    person.save()
    with pytest.raises(RuleError) as refused:
        proxy_check_in(meeting, person, actor=house.admin, reason="没有手机")
    assert refused.value.code == "phone_removed_lately"
    settings.PROXY_AFTER_PHONE_DAYS = 0
    assert proxy_check_in(meeting, person, actor=house.admin, reason="没有手机").state == "present"


@pytest.mark.promise("F15")
def test_the_approved_exemption_opens_the_proxy_at_once(house):
    person = house.members[0]
    meeting = make.meeting_in("running", house.admin, [house.organiser], house.members)
    person.phone, person.exempt_since = None, timezone.localdate()
    person.save()
    assert proxy_check_in(meeting, person, actor=house.admin, reason="身体不便").state == "present"


@pytest.mark.promise("F11")
def test_who_was_recycled_and_added_anew_without_the_phone_opens_no_proxy(house, settings):
    before = house.members[0]
    recycle_member(before, actor=house.admin, reason="录入有误")
    anew = make.member(before.organization, before.name, phone=False, id_number=before.id_number)
    meeting = make.meeting_in("running", house.admin, [house.organiser], [anew])
    with pytest.raises(RuleError) as refused:
        proxy_check_in(meeting, anew, actor=house.admin, reason="没有手机")
    assert refused.value.code == "phone_removed_lately"
    settings.PROXY_AFTER_PHONE_DAYS = 0
    assert proxy_check_in(meeting, anew, actor=house.admin, reason="没有手机").state == "present"
