"""Who is not in normal standing calls, manages and attends no meeting, and earns nothing (decision 28)."""

from datetime import timedelta

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from meetings import codes
from meetings.actions import check_in, file_minutes, proxy_check_in
from meetings.models import Participant
from meetings.permissions import can_call, can_manage
from members.models import Member
from points.models import PointEntry
from sanjin.common.errors import RuleError

from . import factories as make

OUT = ["suspended", "left", "deceased"]


def api(member) -> APIClient:
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Token {make.token(member)}")
    return client


def put(member, state) -> Member:
    Member.objects.filter(pk=member.pk).update(state=state)
    return Member.objects.select_related("organization", "account").get(pk=member.pk)


@pytest.mark.parametrize("state", OUT)
def test_neither_calls_nor_manages(house, state):
    make.secretary(house.organiser)
    meeting = make.meeting_in("running", house.admin, [house.organiser], house.members)
    assert can_call(house.organiser.account) and can_manage(house.organiser.account, meeting)
    account = put(house.organiser, state).account
    assert not can_call(account) and not can_manage(account, meeting)
    at = timezone.now() + timedelta(hours=2)
    body = {"kind": "lecture", "title": "学习", "place": "会议室", "participants": "all"}
    body |= {"starts_at": at.isoformat(), "ends_at": (at + timedelta(hours=1)).isoformat()}
    body |= {"organisers": [str(house.organiser.uuid)]}
    assert api(house.organiser).post("/api/v1/meetings/", body, format="json").status_code in (401, 403)


def test_whose_membership_is_stopped_sees_the_meetings_attended_only(house):
    mine = make.meeting_in("running", house.admin, [house.organiser], house.members[:2])
    make.meeting_in("running", house.admin, [house.organiser], house.members[1:])
    client = api(put(house.members[0], "suspended"))
    answer = client.get("/api/v1/meetings/")
    assert answer.status_code == 200
    assert [row["id"] for row in answer.json()["results"]] == [str(mine.uuid)]


def test_whose_membership_is_stopped_is_shown_no_button_that_refuses(house):
    meeting = make.meeting_in("running", house.admin, [house.organiser], house.members)
    acts = ("can_check_in", "can_show_code", "can_file_minutes")
    for person, before in ((house.organiser, [False, True, True]), (house.members[0], [True, False, False])):
        client = api(person)
        row = client.get("/api/v1/meetings/").json()["results"][0]
        assert [row[name] for name in acts] == before
        put(person, "suspended")
        answers = (
            client.get("/api/v1/meetings/").json()["results"][0],
            client.get(f"/api/v1/meetings/{meeting.uuid}/").json(),
        )
        assert {row[name] for row in answers for name in acts} == {False}
        assert answers[1]["cut_off"] == ""


@pytest.mark.promise("F13")
@pytest.mark.parametrize("state", OUT)
def test_scan_says_why_and_checks_nobody_in(house, state):
    meeting = make.meeting_in("running", house.admin, [house.organiser], house.members)
    person = put(house.members[0], state)
    answer = check_in(person, actor=person.account, code=codes.rotating_text(meeting.uuid), device="x")
    assert (answer.result, answer.accepted) == ("not_normal", False)
    assert person.get_state_display() in answer.detail and "支部管理员" in answer.detail
    assert Participant.objects.get(meeting=meeting, member=person).state == "invited"


def test_the_app_is_told_why_and_where_to_go(house):
    meeting = make.meeting_in("running", house.admin, [house.organiser], house.members)
    person = put(house.members[0], "suspended")
    answer = api(person).post(
        "/api/v1/check-ins/", {"code": codes.rotating_text(meeting.uuid)}, format="json"
    )
    assert (answer.status_code, answer.json()["code"]) == (403, "not_normal")
    assert answer.json()["next"]["action"] == "home"


@pytest.mark.parametrize("state", OUT)
def test_nobody_signs_in_for_them(house, state):
    person = make.member(house.branch, phone=False)
    meeting = make.meeting_in("running", house.admin, [house.organiser], [*house.members, person])
    with pytest.raises(RuleError) as refused:
        proxy_check_in(meeting, put(person, state), actor=house.admin, reason="没有手机")
    assert refused.value.code == "can_scan"


@pytest.mark.parametrize("state", OUT)
def test_who_left_between_the_scan_and_the_minutes_is_not_paid(house, state):
    meeting = make.meeting_in("running", house.admin, [house.organiser], house.members)
    for person in house.members[:2]:
        check_in(person, actor=person.account, code=codes.rotating_text(meeting.uuid), device=f"{person.pk}")
    put(house.members[0], state)
    file_minutes(meeting, "纪要", actor=house.admin)
    gone, here = (Participant.objects.get(meeting=meeting, member=m) for m in house.members[:2])
    assert (gone.points, gone.points_note) == (0, "党籍状态不是“正常”，不积分") and here.points > 0
    assert not PointEntry.objects.filter(subject_kind=1, subject_id=gone.member_id).exists()
