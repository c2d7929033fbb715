"""auth/… and consents/: as the contract of docs/api says, and the same for accounts that don't exist."""

from datetime import date

import pytest
from captcha.models import CaptchaStore
from rest_framework.test import APIClient

from accounts.enums import AccountState
from accounts.models import Account, Consent, DeviceToken
from members.actions.codes import new_code
from members.actions.records import edit_member
from members.actions.slips import issue_slips, unlock_member
from members.models import Member, ResetCode
from members.models.reset_code import ResetChannel
from members.validators import check_record
from organizations.models import Organization
from sanjin.common.errors import RuleError
from sanjin.common.models import AuditEntry
from tests.factories import PASSWORD, admin, member, organization

from .factories import id_number

pytestmark = pytest.mark.django_db
DEVICE, OTHER_DEVICE = "d" * 32, "e" * 32
NEW = "New-horse8"


@pytest.fixture
def branch(db):
    root = organization("太原市委")
    return organization("某局第一支部", nature="branch", below=root)


@pytest.fixture
def person(branch):
    return member(branch, phone="13812345678")


def post(path, data, *, token=None):
    client = APIClient()
    if token:
        client.credentials(HTTP_AUTHORIZATION=f"Token {token}")
    return client.post(f"/api/v1/{path}", data, format="json")


def log_in(account="13812345678", password=PASSWORD, device=DEVICE, **more):
    return post("auth/login/", {"account": account, "password": password, "device": device, **more})


def answer_of(key):
    return CaptchaStore.objects.get(hashkey=key).response


def test_login_gives_a_token_for_the_device_me_and_what_is_to_be_agreed(person):
    response = log_in(device_name="小米 14")
    assert response.status_code == 200
    body = response.json()
    assert body["member"]["name"] == "李红梅" and body["member"]["phone"] == "138****5678"
    assert [d["id"] for d in body["consents_due"]] == ["privacy-1", "pledge-1"]
    assert body["expiry"].endswith("+08:00")
    row = DeviceToken.objects.get()
    assert (row.user_id, row.device, row.device_name) == (person.account_id, DEVICE, "小米 14")
    assert AuditEntry.objects.filter(verb="member.logged_in", subject_id=person.pk).count() == 1


@pytest.mark.parametrize("typed", ["138 1234 5678", "+86-13812345678", "１３８１２３４５６７８"])
def test_login_reads_the_number_as_people_type_it(person, typed):
    assert log_in(typed).status_code == 200


def test_a_device_has_one_token_of_an_account(person):
    first = log_in().json()["token"]
    log_in()
    assert DeviceToken.objects.count() == 1
    assert post("auth/logout/", {}, token=first).status_code == 401


@pytest.mark.parametrize("account", ["13812345678", "13900000000", "tst00001", "不是账号"])
def test_wrong_password_unknown_account_and_an_admins_name_get_the_same_answers(person, branch, account):
    admin(branch, "tst00001")
    answers = []
    for number in range(1, 7):
        response = log_in(account, "wrong-1!")
        body = response.json()
        if key := body.get("data", {}).get("captcha_key"):
            response = log_in(account, "wrong-1!", captcha_key=key, captcha=answer_of(key))
            body = response.json()
        answers.append((number, response.status_code, body["code"], sorted(body["data"])))
    with_picture = ["captcha_image", "captcha_key", "left"]
    assert answers == [
        (1, 401, "login_failed", ["left"]),
        (2, 401, "login_failed", ["left"]),
        (3, 401, "login_failed", with_picture),
        (4, 429, "locked", ["locked_until", "who"]),
        (5, 429, "locked", ["locked_until", "who"]),
        (6, 429, "locked", ["locked_until", "who"]),
    ]


def test_locked_names_until_when_and_who(person):
    for _ in range(3):
        body = log_in(password="wrong-1!").json()
    for _ in range(2):
        key = body["data"]["captcha_key"]
        body = log_in(password="wrong-1!", captcha_key=key, captcha=answer_of(key)).json()
    assert body["code"] == "locked" and body["data"]["who"] == "本支部管理员"
    assert "本支部管理员" in body["detail"] and "已锁定至 20" in body["detail"]
    assert log_in().json()["code"] == "locked"


def test_captcha_is_asked_after_three_failures_and_works_once(person):
    for _ in range(3):
        log_in(password="wrong-1!")
    body = log_in().json()
    assert body["code"] == "captcha_required"
    key = body["data"]["captcha_key"]
    wrong = log_in(captcha_key=key, captcha="0000").json()
    assert wrong["code"] == "captcha_wrong"
    assert log_in(captcha_key=key, captcha="ABCD").json()["code"] == "captcha_wrong"
    key = wrong["data"]["captcha_key"]
    assert log_in(captcha_key=key, captcha=answer_of(key), device=OTHER_DEVICE).status_code == 400
    key = log_in().json()["data"]["captcha_key"]
    assert log_in(captcha_key=key, captcha=answer_of(key)).status_code == 200


def test_known_device_is_not_locked_by_strangers(person):
    log_in()
    for _ in range(6):
        body = log_in(password="wrong-1!", device=OTHER_DEVICE).json()
        if key := body["data"].get("captcha_key"):
            log_in(password="wrong-1!", device=OTHER_DEVICE, captcha_key=key, captcha=answer_of(key))
    assert log_in(device=OTHER_DEVICE).json()["code"] == "locked"
    assert log_in().status_code == 200


def test_frozen_member_is_told_so_after_the_right_password_only(person):
    Account.objects.filter(pk=person.account_id).update(state=AccountState.FROZEN)
    assert log_in(password="wrong-1!").json()["code"] == "login_failed"
    assert log_in().json()["code"] == "frozen"


def test_recycled_member_is_unknown(person):
    Member.objects.filter(pk=person.pk).update(state="recycled")
    assert log_in().json()["code"] == "login_failed"


def test_devices_are_listed_and_taken_off_one_by_one(person):
    token = log_in(device_name="手机").json()["token"]
    other = log_in(device=OTHER_DEVICE, device_name="平板").json()["token"]
    client = APIClient(headers={"Authorization": f"Token {token}"})
    rows = client.get("/api/v1/auth/devices/").json()
    assert [(r["device_name"], r["current"]) for r in rows] == [("平板", False), ("手机", True)]
    assert client.delete(f"/api/v1/auth/devices/{rows[0]['id']}/").status_code == 204
    assert post("auth/logout/", {}, token=other).status_code == 401
    stranger = member(person.organization)
    theirs = log_in(stranger.phone).json()["token"]
    mine = client.get("/api/v1/auth/devices/").json()[0]["id"]
    thief = APIClient(headers={"Authorization": f"Token {theirs}"})
    assert thief.delete(f"/api/v1/auth/devices/{mine}/").status_code == 404
    assert client.post("/api/v1/auth/logout/").status_code == 204
    assert client.get("/api/v1/auth/devices/").status_code == 401


def test_consents_are_recorded_with_their_version_and_the_pledge_fills_the_record(person):
    token = log_in().json()["token"]
    assert post("consents/", {"document": "privacy-1"}, token=token).status_code == 201
    assert post("consents/", {"document": "pledge-1"}, token=token).status_code == 201
    assert post("consents/", {"document": "pledge-1"}, token=token).status_code == 201
    assert post("consents/", {"document": "pledge-0"}, token=token).json()["code"] == "document_outdated"
    assert Consent.objects.filter(account=person.account).count() == 2
    person.refresh_from_db()
    assert person.pledged_on is not None
    assert log_in().json()["consents_due"] == []


def test_password_rules_are_the_ones_that_the_server_checks(client):
    rules = client.get("/api/v1/auth/password/rules/").json()
    assert [rule["code"] for rule in rules] == ["length", "digit", "letter", "symbol", "allowed"]


@pytest.mark.promise("F28")
def test_first_login_is_by_the_slip_of_the_branch_admin(branch):
    person = member(branch, phone="13700000001", password=None)
    slip = issue_slips([person], actor=admin(branch)).slips[0]
    assert log_in("13700000001", slip.code).json()["code"] == "login_failed"
    data = {"account": "13700000001", "code": slip.code.upper(), "password": NEW, "device": DEVICE}
    response = post("auth/password/reset/", data)
    assert response.status_code == 200 and response.json()["token"]
    assert log_in("13700000001", NEW).status_code == 200
    assert post("auth/password/reset/", data).json()["code"] == "reset_failed"


def test_reset_ends_every_session_and_lifts_the_lock(person, branch):
    token = log_in().json()["token"]
    for _ in range(4):
        log_in(password="wrong-1!", device=OTHER_DEVICE)
    slip = issue_slips([person], actor=admin(branch)).slips[0]
    data = {"account": "13812345678", "code": slip.code, "password": NEW, "device": OTHER_DEVICE}
    assert post("auth/password/reset/", data).status_code == 200
    assert post("auth/logout/", {}, token=token).status_code == 401
    assert log_in(password=NEW, device="f" * 32).status_code == 200
    assert log_in().json()["code"] == "login_failed"


def set_by(code, *, device=DEVICE, account="13812345678", address="10.0.0.1"):
    """What the answer's code is to somebody at `address` who sets a password with `code`."""
    data = {"account": account, "code": code, "password": NEW, "device": device}
    client = APIClient(REMOTE_ADDR=address)
    response = client.post("/api/v1/auth/password/reset/", data, format="json")
    return "ok" if response.status_code == 200 else response.json()["code"]


def test_five_wrong_codes_kill_the_sms_code(person):
    code, _until = new_code(person, ResetChannel.SMS)
    assert [set_by("000000" if code != "000000" else "111111") for _ in range(5)] == ["reset_failed"] * 5
    assert set_by(code) == "reset_failed"


def test_no_stranger_kills_a_slip_or_keeps_its_owner_from_it(person, branch):
    slip = issue_slips([person], actor=admin(branch)).slips[0]
    tries = [set_by("aaaa-aaaa", device=f"stranger-{n:03d}", address="10.9.9.9") for n in range(12)]
    assert tries == ["reset_failed"] * 10 + ["throttled"] * 2  # a made-up device gives no more tries
    assert set_by(slip.code) == "ok"


def test_a_known_device_has_tries_of_its_own_behind_one_address(person, branch):
    log_in()
    slip = issue_slips([person], actor=admin(branch)).slips[0]
    for _ in range(11):
        stranger = set_by("aaaa-aaaa", device=OTHER_DEVICE)
    assert stranger == "throttled"
    assert set_by(slip.code) == "ok"


def test_a_flood_of_wrong_codes_stops_unknown_devices_and_no_login(person, branch, settings):
    settings.RESET_TOTAL_FAILURES = 2
    log_in()
    for number in range(2):
        set_by("aaaa-aaaa", account=f"1390000000{number}", address="10.9.9.9")
    slip = issue_slips([person], actor=admin(branch)).slips[0]
    assert set_by(slip.code, device=OTHER_DEVICE) == "throttled"
    assert log_in(device=OTHER_DEVICE).status_code == 200
    assert set_by(slip.code) == "ok"


def test_a_refused_password_leaves_the_code_usable(person, branch):
    slip = issue_slips([person], actor=admin(branch)).slips[0]
    data = {"account": "13812345678", "code": slip.code, "device": DEVICE}
    refused = post("auth/password/reset/", {**data, "password": "密码 short"}).json()
    assert refused["code"] == "password_refused"
    assert refused["data"]["failed"] == ["digit", "symbol", "allowed"]
    assert post("auth/password/reset/", {**data, "password": NEW}).status_code == 200


def test_reset_answers_alike_for_an_unknown_account(person):
    data = {"code": "123456", "password": NEW, "device": DEVICE}
    known = post("auth/password/reset/", {**data, "account": "13812345678"})
    unknown = post("auth/password/reset/", {**data, "account": "13900000000"})
    assert (known.status_code, known.content) == (unknown.status_code, unknown.content)


def test_only_the_branchs_own_admin_prints_slips_and_unlocks(person, branch):
    parent = Organization.objects.get(path=branch.parent_path)
    superior = admin(parent)
    sibling = admin(organization("第二支部", nature="branch", below=parent))
    for actor in (superior, sibling):
        for action, subject in ((issue_slips, [person]), (unlock_member, person)):
            with pytest.raises(RuleError) as refused:
                action(subject, actor=actor)
            assert (refused.value.code, refused.value.status) == ("not_keeper", 403)
    assert not ResetCode.objects.exists()


@pytest.mark.promise("F35")
def test_branch_admin_unlocks_a_member(person, branch):
    for _ in range(3):
        body = log_in(password="wrong-1!").json()
    for _ in range(2):
        key = body["data"]["captcha_key"]
        body = log_in(password="wrong-1!", captcha_key=key, captcha=answer_of(key)).json()
    assert log_in().json()["code"] == "locked"
    assert unlock_member(person, actor=admin(branch)) == 1
    assert log_in().status_code == 200


@pytest.mark.parametrize(
    "broken",
    [{}, {"account": "1"}, {"account": "1", "password": "x", "device": "short"}, {"account": "\x00" * 3}],
)
def test_broken_input_is_refused_field_by_field(broken, db):
    response = post("auth/login/", broken)
    assert response.status_code == 400 and response.json()["errors"]


@pytest.mark.promise("F24")
def test_a_phone_that_goes_to_another_person_takes_no_login_along(person, branch):
    """Who really has the number may have logged in as the person under whom it stood by mistake."""
    log_in()
    new_code(person, ResetChannel.SMS)
    data = {"name": person.name, "phone": "13912345678", "id_number": id_number(born=date(1980, 3, 1))}
    days = {"kind": "full", "joined_on": date(2012, 7, 1), "full_on": date(2013, 7, 1)}
    record = check_record(data | days, today=date(2026, 11, 22)).record
    edit_member(person, record, actor=admin(branch))
    assert (DeviceToken.objects.count(), ResetCode.objects.count()) == (0, 0)
    assert log_in().json()["code"] == "login_failed"
    assert log_in("13912345678").status_code == 200
