"""The meetings' API: shapes, statuses, what each asks. Rules are tested with the actions."""

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from meetings import codes
from meetings.actions import file_minutes
from meetings.enums import MeetingKind, Phase
from meetings.models import Meeting
from members.models import MemberPost
from organizations.models import Organization
from sanjin.common.formats import moment

from . import factories as make


def client(member, device: str = "") -> APIClient:
    api = APIClient()
    api.credentials(HTTP_AUTHORIZATION=f"Token {make.token(member, device)}")
    return api


@pytest.fixture
def running(house):
    return make.meeting_in("running", house.admin, [house.organiser], house.members[:2])


def body_of_call(house, **changes) -> dict:
    start = timezone.now() + timezone.timedelta(days=1)
    body = {
        "kind": "lecture",
        "title": "第四季度党课",
        "agenda": "",
        "place": "三楼会议室",
        "starts_at": start.isoformat(),
        "ends_at": (start + timezone.timedelta(hours=2)).isoformat(),
        "organisers": [str(house.organiser.uuid)],
        "participants": "all",
    }
    return body | changes


def test_list_shows_my_part(house, running):
    make.meeting_in("closed", house.admin, [house.organiser])
    result = client(house.members[0]).get("/api/v1/meetings/?phase=running").json()
    assert [row["id"] for row in result["results"]] == [str(running.uuid)]
    row = result["results"][0]
    assert (row["my_state"], row["my_state_label"], row["phase_label"]) == ("invited", "未签到", "进行中")
    assert (row["can_check_in"], row["can_show_code"], row["can_file_minutes"]) == (True, False, False)


def test_list_for_organiser(house, running):
    row = client(house.organiser).get("/api/v1/meetings/").json()["results"][0]
    assert (row["is_organiser"], row["my_state_label"]) == (True, "组织者·自动签到")
    assert (row["can_check_in"], row["can_show_code"], row["can_file_minutes"]) == (False, True, True)


def test_list_refuses_unknown_phase(house):
    response = client(house.organiser).get("/api/v1/meetings/?phase=nonsense")
    assert (response.status_code, response.json()["code"]) == (400, "input_invalid")


@pytest.mark.parametrize("rows", [1, 3])
def test_list_takes_the_same_queries_for_any_number_of_rows(house, rows, django_assert_num_queries):
    for _ in range(rows):
        make.meeting(house.admin, [house.organiser])
    api = client(house.members[0])
    with django_assert_num_queries(2):  # token with account, member and branch; meetings with my part
        assert len(api.get("/api/v1/meetings/").json()["results"]) == rows


def test_list_pages_by_cursor(house):
    for _ in range(21):
        make.meeting(house.admin, [house.organiser])
    api = client(house.members[0])
    first = api.get("/api/v1/meetings/").json()
    second = api.get(first["next"]).json()
    assert (len(first["results"]), len(second["results"]), second["next"]) == (20, 1, None)


def test_anonymous_gets_401(db):
    assert APIClient().get("/api/v1/meetings/").status_code == 401


@pytest.mark.promise("F47")
def test_post_holder_calls_a_meeting(house):
    make.secretary(house.organiser)
    response = client(house.organiser).post("/api/v1/meetings/", body_of_call(house), format="json")
    assert response.status_code == 201
    result = response.json()
    assert [(step["label"], step["state"]) for step in result["steps"]] == [
        ("召集会议", "done"),
        ("通知党员", "done"),
        ("签到", "current"),
        ("提交纪要", "todo"),
        ("已结束", "todo"),
    ]
    assert [step["hint"] for step in result["steps"]] == ["", "", "起（会前 30 分钟）", "", ""]
    assert result["participants"] == {
        "invited": 4,
        "present": 1,
        "late": 0,
        "leave": 0,
        "absent": 0,
        "missing": 3,
    }


@pytest.mark.promise("F47")
def test_kinds_and_limits_are_what_the_server_takes(house):
    make.secretary(house.organiser)
    api = client(house.organiser)
    body = api.get("/api/v1/meetings/options/").json()
    assert body["kinds"] == [{"value": value, "label": label} for value, label in MeetingKind.choices]
    assert body["limits"] == {"title": 80, "place": 80, "agenda": 2000, "minutes": 20_000, "reason": 200}
    for name in ("title", "place", "agenda"):
        longest = "会" * body["limits"][name]
        for text, status in ((longest, 201), (f"{longest}议", 400)):
            asked = body_of_call(house, **({"title": f"{name}会"} | {name: text}))
            assert api.post("/api/v1/meetings/", asked, format="json").status_code == status


def test_me_asks_who_may_call_as_calling_does(house):
    """A post in another organisation lets nobody call for the own branch, nor does one of a dissolved branch."""
    held = make.secretary(house.members[0])
    posts, api = MemberPost.objects.filter(pk=held.pk), client(house.members[0])

    def shown() -> bool:
        return api.get("/api/v1/me/").json()["may_call_meetings"]

    assert shown() is True
    posts.update(organization=house.sibling)
    assert shown() is False
    posts.update(organization=house.branch)
    assert shown() is True
    Organization.objects.filter(pk=house.branch.pk).update(state="dissolved")
    assert shown() is False
    assert client(house.members[1]).get("/api/v1/me/").json()["may_call_meetings"] is False


def test_call_names_the_field_of_a_broken_rule(house):
    make.secretary(house.organiser)
    body = body_of_call(house)
    body["ends_at"] = body["starts_at"]
    response = client(house.organiser).post("/api/v1/meetings/", body, format="json")
    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"
    assert [(error["field"], error["code"]) for error in response.json()["errors"]] == [
        ("ends_at", "ends_before_start")
    ]


def test_all_that_is_missing_is_said_at_once(house):
    make.secretary(house.organiser)
    empty = {"title": "", "place": "", "starts_at": None, "organisers": [], "participants": []}
    body = body_of_call(house, **empty)
    del body["kind"]
    response = client(house.organiser).post("/api/v1/meetings/", body, format="json")
    assert response.status_code == 400
    assert {(error["field"], error["code"]) for error in response.json()["errors"]} == {
        ("kind", "required"),
        ("title", "blank"),
        ("place", "blank"),
        ("starts_at", "null"),
        ("organisers", "empty"),
        ("participants", "empty"),
    }


@pytest.mark.parametrize(
    "changes",
    [
        {"starts_at": "soon"},
        {"kind": "party"},
        {"participants": "some"},
        {"participants": ["x"]},
        {"participants": {"a": 1}},
        {"organisers": "me"},
        {"title": "x" * 81},
        {"title": "\x00"},
        {"starts_at": "9999-12-31T23:59:59+08:00"},
        {"starts_at": "0001-01-01T00:00:00Z"},
    ],
)
def test_bad_input_is_400(house, changes):
    make.secretary(house.organiser)
    response = client(house.organiser).post(
        "/api/v1/meetings/", body_of_call(house, **changes), format="json"
    )
    assert response.status_code == 400
    assert not Meeting.objects.exists()


def test_id_of_another_branchs_member_in_the_body(house):
    make.secretary(house.organiser)
    body = body_of_call(house, participants=[str(house.stranger.uuid), str(house.members[0].uuid)])
    response = client(house.organiser).post("/api/v1/meetings/", body, format="json")
    assert (response.status_code, response.json()["code"]) == (400, "unknown_member")


@pytest.mark.promise("F13")
def test_scan_is_answered_201_then_200(house, running):
    api = client(house.members[0])
    code = {"code": codes.rotating_text(running.uuid)}
    first, second = (api.post("/api/v1/check-ins/", code, format="json") for _ in range(2))
    assert (first.status_code, first.json()["result"], first.json()["title"]) == (201, "ok", "签到成功")
    assert (second.status_code, second.json()["result"]) == (200, "already")
    assert first.json()["meeting"]["id"] == str(running.uuid)
    assert first.json()["checked_in_at"].endswith("+08:00")


def test_scan_repeated_with_its_key_gets_its_first_result(house, running):
    api = client(house.members[0])
    code = {"code": codes.rotating_text(running.uuid)}
    answers = [
        api.post("/api/v1/check-ins/", code, format="json", HTTP_IDEMPOTENCY_KEY="k1").json()
        for _ in range(2)
    ]
    assert answers[0] == answers[1]


@pytest.mark.promise("F13")
@pytest.mark.parametrize(
    ("who", "phase", "code", "status"),
    [
        ("member", "scheduled", "not_started", 409),
        ("member", "closed", "ended", 409),
        ("outsider", "running", "not_invited", 403),
        ("stranger", "running", "other_branch", 403),
    ],
)
def test_refused_scan_is_a_problem_with_an_answer(house, who, phase, code, status):
    meeting = make.meeting_in(phase, house.admin, [house.organiser], house.members[:2])
    person = {"member": house.members[0], "outsider": house.members[2], "stranger": house.stranger}[who]
    response = client(person).post(
        "/api/v1/check-ins/", {"code": codes.rotating_text(meeting.uuid)}, format="json"
    )
    body = response.json()
    assert (response.status_code, body["code"], body["result"]) == (status, code, code)
    assert response["Content-Type"] == "application/problem+json"
    assert (body["meeting"] is None) is (who == "stranger")
    assert body["next"]["label"]


@pytest.mark.parametrize(
    "code", ["", "https://example.com/", "\x00", "x" * 501, None, 5, ["a"], "请在三晋先锋"]
)
def test_hostile_code_is_4xx(house, code):
    response = client(house.members[0]).post("/api/v1/check-ins/", {"code": code}, format="json")
    assert response.status_code == 400


def test_device_is_the_one_that_the_token_was_given_to(house, running):
    code = {"code": codes.rotating_text(running.uuid)}
    first = client(house.members[0], "phone").post("/api/v1/check-ins/", code, format="json")
    second = client(house.members[1], "phone").post(
        "/api/v1/check-ins/", code, format="json", HTTP_X_DEVICE_ID="another"
    )
    assert (first.status_code, second.json()["code"]) == (201, "other_device")


def test_check_in_queries(house, running, django_assert_max_num_queries):
    api = client(house.members[0])
    code = {"code": codes.rotating_text(running.uuid)}
    # token; meeting; the audit's context; UPDATE; audit row; the test's own SAVEPOINT and RELEASE
    with django_assert_max_num_queries(7):
        assert api.post("/api/v1/check-ins/", code, format="json").status_code == 201


@pytest.mark.promise("F10")
def test_organiser_shows_the_rotating_code(house, running):
    response = client(house.organiser).get(f"/api/v1/meetings/{running.uuid}/qr/")
    body = response.json()
    assert codes.read(body["text"]).meeting == running.uuid
    assert body["svg"].startswith("<svg") and "style" not in body["svg"]
    assert 1 <= body["refresh_seconds"] <= 15


def test_code_is_the_organisers_alone(house, running):
    address = f"/api/v1/meetings/{running.uuid}/qr/"
    assert client(house.members[0]).get(address).json()["code"] == "not_organiser"
    assert client(house.stranger).get(address).status_code == 404


@pytest.mark.promise("F10")
def test_no_code_before_the_meeting(house):
    meeting = make.meeting_in("scheduled", house.admin, [house.organiser])
    response = client(house.organiser).get(f"/api/v1/meetings/{meeting.uuid}/qr/")
    assert (response.status_code, response.json()["code"]) == (409, "wrong_state")


@pytest.mark.promise("F13")
def test_organiser_adds_who_scanned_uninvited(house, running):
    outsider = house.members[2]
    client(outsider).post("/api/v1/check-ins/", {"code": codes.rotating_text(running.uuid)}, format="json")
    api, address = client(house.organiser), f"/api/v1/meetings/{running.uuid}/participants/"
    assert [(p["name"], p["can_add"]) for p in api.get(address).json()][0] == (outsider.name, True)
    response = api.post(address, {"members": [str(outsider.uuid)]}, format="json")
    assert response.status_code == 201
    assert [p["can_add"] for p in response.json()] == [False] * 4


@pytest.mark.promise("F13")
def test_organiser_adds_who_scanned_uninvited_from_a_joint_host(house):
    plan = make.plan(
        [house.organiser],
        house.members,
        joint_hosts=[house.branch, house.sibling],
        starts_at=timezone.now() - timezone.timedelta(minutes=10),
    )
    meeting = make.call_meeting(plan, actor=house.committee_admin)
    code = {"code": codes.rotating_text(meeting.uuid)}
    assert (
        client(house.stranger).post("/api/v1/check-ins/", code, format="json").json()["code"] == "not_invited"
    )
    api, address = client(house.organiser), f"/api/v1/meetings/{meeting.uuid}/participants/"
    (offered,) = [p["id"] for p in api.get(address).json() if p["can_add"]]
    for _ in range(2):  # sent again, it changes nothing
        assert api.post(address, {"members": [offered]}, format="json").status_code == 201
    assert meeting.participants.filter(member=house.stranger).count() == 1
    foreign = make.member(make.organization("外支部", below=house.root))
    response = api.post(address, {"members": [str(foreign.uuid)]}, format="json")
    assert (response.status_code, response.json()["code"]) == (400, "unknown_member")


@pytest.mark.parametrize("people", [1, 3])
def test_participants_take_the_same_queries(house, people, django_assert_num_queries):
    meeting = make.meeting_in("running", house.admin, [house.organiser], house.members[:people])
    api = client(house.organiser)
    with django_assert_num_queries(5):  # token; meeting; may manage; uninvited; list
        assert len(api.get(f"/api/v1/meetings/{meeting.uuid}/participants/").json()) == people + 1


@pytest.mark.promise("F11")
@pytest.mark.parametrize("people", [1, 3])
def test_no_proxy_where_the_phone_was_removed_lately(house, people, django_assert_num_queries, settings):
    meeting = make.meeting_in("running", house.admin, [house.organiser], house.members[:people])
    for person in house.members[:people]:
        person.phone = None
        person.save()
    api, address = client(house.organiser), f"/api/v1/meetings/{meeting.uuid}/participants/"
    with django_assert_num_queries(6):  # token; meeting; may manage; uninvited; list; removed numbers
        rows = [row for row in api.get(address).json() if not row["organiser"]]
    assert {(row["can_proxy"], "刚从资料中移除" in row["proxy_refusal"]) for row in rows} == {(False, True)}
    settings.PROXY_AFTER_PHONE_DAYS = 0
    rows = [row for row in api.get(address).json() if not row["organiser"]]
    assert {(row["can_proxy"], row["proxy_refusal"]) for row in rows} == {(True, "")}


@pytest.mark.promise("F13")
@pytest.mark.parametrize("phase", [p.value for p in Phase])
def test_a_check_in_can_be_withdrawn_where_the_desk_offers_it(house, phase):
    meeting = make.meeting_in(phase, house.admin, [house.organiser], house.members[:1])
    rows = client(house.organiser).get(f"/api/v1/meetings/{meeting.uuid}/participants/").json()
    shown = {row["organiser"]: row["can_withdraw"] for row in rows}
    assert shown == {True: phase in ("running", "awaiting_minutes", "closed"), False: False}


@pytest.mark.promise("F13")
def test_who_scanned_uninvited_is_not_listed_after_the_end(house, running):
    outsider = house.members[2]
    client(outsider).post("/api/v1/check-ins/", {"code": codes.rotating_text(running.uuid)}, format="json")
    file_minutes(running, "纪要", actor=house.organiser.account)
    rows = client(house.organiser).get(f"/api/v1/meetings/{running.uuid}/participants/").json()
    assert outsider.name not in {row["name"] for row in rows}
    assert {(row["can_add"], row["can_proxy"], row["proxy_refusal"]) for row in rows} == {(False, False, "")}


@pytest.mark.promise("F13")
def test_the_app_is_told_what_filing_now_cuts_off(house, running):
    api, address = client(house.organiser), f"/api/v1/meetings/{running.uuid}/"
    cut = f"会议原定{moment(running.ends_at)} 结束，还有 2 人未签到"
    assert api.get(address).json()["cut_off"] == cut
    assert client(house.members[0]).get(address).json()["cut_off"] == ""
    file_minutes(running, "纪要", actor=house.organiser.account)
    assert api.get(address).json()["cut_off"] == ""


@pytest.mark.promise("F11")
def test_proxy_by_api_says_why_not(house, running):
    old = make.member(house.branch, "赵老", phone=False)
    api, base = client(house.organiser), f"/api/v1/meetings/{running.uuid}"
    api.post(f"{base}/participants/", {"members": [str(old.uuid)]}, format="json")
    people = {p["name"]: p for p in api.get(f"{base}/participants/").json()}
    assert (people["赵老"]["can_proxy"], people["赵老"]["proxy_refusal"]) == (True, "")
    assert "须本人扫码" in people[house.members[0].name]["proxy_refusal"]
    wrong = {"member": str(house.members[0].uuid), "reason": "忘带手机"}
    refusal = api.post(f"{base}/proxy-check-ins/", wrong, format="json")
    assert (refusal.status_code, refusal.json()["code"]) == (403, "can_scan")
    done = api.post(
        f"{base}/proxy-check-ins/", {"member": str(old.uuid), "reason": "没有手机"}, format="json"
    )
    assert (done.status_code, done.json()["state"]) == (201, "present")
    back = api.delete(f"{base}/check-ins/{old.uuid}/", {"reason": "登记错了"}, format="json")
    assert (back.status_code, back.json()["state"]) == (200, "invited")


def test_leave_by_api(house, running):
    response = client(house.members[0]).post(
        f"/api/v1/meetings/{running.uuid}/leave/", {"reason": "出差"}, format="json"
    )
    assert (response.status_code, response.json()["my_state"]) == (201, "leave")


@pytest.mark.parametrize("path", ["", "qr/", "participants/"])
def test_meeting_of_another_branch_is_not_found(house, running, path):
    response = client(house.stranger).get(f"/api/v1/meetings/{running.uuid}/{path}")
    assert (response.status_code, response.json()["code"]) == (404, "not_found")


@pytest.mark.promise("F14")
def test_organiser_files_the_minutes_and_the_meeting_ends(house, running):
    api, address = client(house.organiser), f"/api/v1/meetings/{running.uuid}/minutes/"
    member = client(house.members[0])
    member.post("/api/v1/check-ins/", {"code": codes.rotating_text(running.uuid)}, format="json")
    assert api.post(address, {"text": ""}, format="json").json()["code"] == "minutes_required"
    first = api.post(address, {"text": "学习文件"}, format="json")
    body = first.json()
    assert (first.status_code, body["phase"], body["minutes"]["version"]) == (201, "closed", 1)
    assert body["participants"] == {
        "invited": 3,
        "present": 2,
        "late": 0,
        "leave": 0,
        "absent": 1,
        "missing": 0,
    }
    assert {step["state"] for step in body["steps"]} == {"done"}
    assert api.post(address, {"text": "学习文件"}, format="json").status_code == 201
    assert api.post(address, {"text": "另一份"}, format="json").status_code == 409
    refused = member.post(address, {"text": "学习文件"}, format="json")
    assert (refused.status_code, refused.json()["code"]) == (403, "not_organiser")


@pytest.mark.parametrize("field", ["organisers", "participants", "members"])
def test_a_list_beyond_its_length_is_refused_as_one(house, running, field):
    """Not item by item: what 2 MB hold would keep a process for half a minute, and fill the answer."""
    api, many = client(house.organiser), ["x"] * 5000
    if field == "members":
        response = api.post(f"/api/v1/meetings/{running.uuid}/participants/", {field: many}, format="json")
    else:
        response = api.post("/api/v1/meetings/", body_of_call(house, **{field: many}), format="json")
    errors = [(error["field"], error["code"]) for error in response.json()["errors"]]
    assert (response.status_code, errors) == (400, [(field, "max_length")])
