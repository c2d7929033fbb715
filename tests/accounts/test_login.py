"""Logging in to the back office: captcha (F17), lock (F35), sessions (threats.md)."""

import math
import re
import time
from datetime import timedelta

import pytest
from captcha.models import CaptchaStore
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from accounts import captcha
from accounts.actions import guard
from accounts.actions.login import log_in_admin
from accounts.enums import AccountState
from accounts.models import LoginGuard
from sanjin.common.errors import RuleError
from sanjin.common.formats import minute
from sanjin.common.models import AuditEntry
from tests.factories import ONE_TIME, PASSWORD, admin, member

pytestmark = pytest.mark.django_db


def test_login_opens_the_home_page_and_is_in_the_audit(client, sign_in, branch_admin):
    response = sign_in("tys00012")
    assert (response.status_code, response["Location"]) == (302, "/")
    assert client.session["_auth_user_id"] == str(branch_admin.pk)
    entry = AuditEntry.objects.get(verb="account.logged_in")
    assert (entry.actor_id, entry.organization_id) == (branch_admin.pk, branch_admin.organization_id)


def test_login_ignores_case_and_spaces_around_the_name(sign_in, branch_admin):
    assert sign_in(" TYS00012 ").status_code == 302


def test_login_gives_a_new_session_key(client, sign_in, branch_admin):
    client.session["x"] = 1
    session = client.session
    session["x"] = 1
    session.save()
    before = session.session_key
    sign_in("tys00012")
    assert client.session.session_key != before
    assert not Session.objects.filter(pk=before).exists()


def test_login_returns_to_the_page_asked_for_but_never_to_another_host(sign_in, branch_admin):
    assert sign_in("tys00012", next="/members/?page=2")["Location"] == "/members/?page=2"
    assert sign_in("tys00012", by=Client(), next="https://evil.example/")["Location"] == "/"


@pytest.mark.parametrize("name", ["tys00012", "nobody99"])
def test_wrong_password_and_unknown_account_get_the_same_page(sign_in, branch_admin, name):
    response = sign_in(name, "wrong-1!")
    assert response.status_code == 401
    assert response.context["form"].non_field_errors() == [
        "账号或密码不正确。请核对后重试，再输错 4 次将锁定 1 小时。"
    ]


def test_a_member_cannot_log_in_to_the_back_office(sign_in, tree):
    row = member(tree.branch)
    assert sign_in(row.account.name).status_code == 401
    assert sign_in(row.phone).status_code == 401


def test_wrong_captcha_is_refused_beside_its_field_and_does_not_count_as_a_password(sign_in, branch_admin):
    response = sign_in("tys00012", captcha="0000")
    assert response.status_code == 422
    assert "已换了一张新的" in response.context["form"].errors["captcha"][0]
    assert response.context["form"]["name"].value() == "tys00012"
    assert sign_in("tys00012", "wrong-1!").context["form"].non_field_errors() == [
        "账号或密码不正确。请核对后重试，再输错 4 次将锁定 1 小时。"
    ]


def test_captcha_of_another_browser_is_refused(client, sign_in, branch_admin):
    other = Client()
    key = other.get("/login/").context["captcha_key"]
    assert sign_in("tys00012", captcha_key=key).status_code == 422


def test_frozen_account_is_told_so_only_with_the_right_password(sign_in, tree):
    admin(tree.branch, "tys00020", state=AccountState.FROZEN, frozen_reason="人员调离")
    assert "不正确" in sign_in("tys00020", "wrong-1!").content.decode()
    response = sign_in("tys00020")
    assert response.status_code == 403
    assert "已被冻结" in response.content.decode() and "人员调离" in response.content.decode()


def test_idle_session_ends_and_the_login_page_says_why(client, sign_in, branch_admin, settings):
    sign_in("tys00012")
    session = client.session
    session["seen"] = int(time.time()) - settings.ADMIN_IDLE_SECONDS - 1
    session.save()
    response = client.get("/password/?a=1")
    assert response["Location"] == "/login/?expired=1&next=%2Fpassword%2F%3Fa%3D1"
    assert "登录已过期" in client.get(response["Location"]).content.decode()
    assert "_auth_user_id" not in client.session


def test_session_ends_after_twelve_hours_however_busy(client, sign_in, branch_admin):
    sign_in("tys00012")
    session = client.session
    session["began"] = int(time.time()) - 12 * 3600 - 1
    session.save()
    assert client.get("/password/")["Location"].startswith("/login/?expired=1")


def test_a_fragment_moves_the_whole_page_to_the_login(client, sign_in, branch_admin):
    response = client.get("/password/", headers={"HX-Request": "true"})
    assert (response.status_code, response["HX-Redirect"].split("?")[0]) == (204, "/login/")
    sign_in("tys00012")
    session = client.session
    session["seen"] = 0
    session.save()
    response = client.get("/password/", headers={"HX-Request": "true"})
    assert (response.status_code, response["HX-Redirect"]) == (204, "/login/?expired=1")


def test_a_page_that_refreshes_itself_keeps_no_session_alive(client, sign_in, branch_admin):
    sign_in("tys00012")
    session = client.session
    session["seen"] = int(time.time()) - 600
    session.save()
    client.get("/password/", headers={"X-Background": "1"})
    assert client.session["seen"] == session["seen"]
    client.get("/password/")
    assert client.session["seen"] > session["seen"]


def test_logout_needs_post(client, sign_in, branch_admin):
    sign_in("tys00012")
    assert client.get("/logout/").status_code == 405
    assert client.post("/logout/")["Location"] == "/login/"
    assert "_auth_user_id" not in client.session


def test_issued_account_is_led_to_activation_and_is_nobody_until_then(client, sign_in, tree):
    admin(tree.branch, "tys00030", state=AccountState.ISSUED)
    response = sign_in("tys00030", ONE_TIME.upper().replace("-", " "))
    assert response["Location"] == "/activate/"
    assert "_auth_user_id" not in client.session
    assert client.get("/password/").status_code == 302


def test_success_leaves_a_known_device_with_a_counter_of_its_own(client, sign_in, branch_admin):
    sign_in("tys00012")
    stranger = Client()
    for _ in range(5):
        last = sign_in("tys00012", "wrong-1!", by=stranger)
    assert last.status_code == 429
    assert sign_in("tys00012", by=Client()).status_code == 429
    client.post("/logout/")
    assert sign_in("tys00012").status_code == 302
    assert LoginGuard.objects.filter(device="", locked_until__isnull=False).count() == 1


@pytest.mark.promise("F35")
@pytest.mark.parametrize("name", ["tys00012", "nobody99"])
def test_the_lock_page_says_until_when_and_who_and_is_the_same_for_an_unknown_account(
    sign_in, branch_admin, name
):
    for _ in range(4):
        assert sign_in(name, "wrong-1!").status_code == 401
    page = sign_in(name, "wrong-1!")
    assert page.status_code == 429
    text = page.content.decode()
    until = LoginGuard.objects.get(key=guard.admin_key(name)).locked_until
    assert minute(until) in text and re.search(r"锁定至 \d{4}年\d{1,2}月\d{1,2}日 \d\d:\d\d", text)
    assert "直属上级党委的管理员" in text and "王建国" not in text
    assert sign_in(name).status_code == 429


@pytest.mark.promise("F16", "F17")
def test_the_login_page_says_whom_to_ask_and_why_a_captcha(client, db):
    page = client.get("/login/").content.decode()
    assert "账号和一次性口令由直属上级党委的管理员生成" in page
    assert "防止程序自动试密码" in page and "换一张" in page


@pytest.mark.promise("F17")
def test_another_picture_belongs_to_the_same_browser(client, sign_in, branch_admin):
    client.get("/login/")
    fresh = client.get("/login/captcha/").json()
    picture = client.get(fresh["image_url"])
    assert (picture.status_code, picture["Content-Type"]) == (200, "image/png")
    answer = CaptchaStore.objects.get(hashkey=fresh["key"]).response
    data = {"name": "tys00012", "password": PASSWORD, "captcha": answer.upper(), "captcha_key": fresh["key"]}
    assert client.post("/login/", data).status_code == 302
    client.post("/logout/")
    assert client.post("/login/", data).status_code == 422


@pytest.mark.promise("F17")
def test_a_captcha_ends_after_five_minutes(client, sign_in, branch_admin):
    key = client.get("/login/").context["captcha_key"]
    row = CaptchaStore.objects.get(hashkey=key)
    assert timedelta(minutes=4, seconds=50) < row.expiration - timezone.now() <= timedelta(minutes=5)
    CaptchaStore.objects.update(expiration=timezone.now() - timedelta(seconds=1))
    data = {"name": "tys00012", "password": PASSWORD, "captcha": row.response, "captcha_key": key}
    assert client.post("/login/", data).status_code == 422


@pytest.mark.promise("F17")
def test_challenges_have_no_characters_that_people_mix_up():
    assert not set(captcha.ALPHABET) & set("0OQD1ILJ2Z5S6G8BUV")


@pytest.mark.promise("F18")
@pytest.mark.parametrize("old", ["/login.html", "/index.jsp", "/admin/"])
def test_old_paths_lead_to_the_login_page(client, db, old):
    assert client.get(old)["Location"] == "/login/"


def test_an_address_that_fails_too_often_has_to_wait_whatever_the_accounts(sign_in, branch_admin, settings):
    settings.LOGIN_ADDRESS_FAILURES = 3
    for number in range(3):
        sign_in(f"nobody{number}", "wrong-1!")
    assert "操作过于频繁" in sign_in("tys00012").content.decode()


def test_a_flood_from_everywhere_stops_unknown_devices_only(client, sign_in, branch_admin, settings):
    sign_in("tys00012")
    client.post("/logout/")
    settings.LOGIN_TOTAL_FAILURES = 2
    stranger = Client(REMOTE_ADDR="10.9.9.9")
    for number in range(2):
        sign_in(f"nobody{number}", "wrong-1!", by=stranger)
    assert sign_in("tys00012", by=stranger).status_code == 429
    known = sign_in("tys00012")
    assert known.status_code == 302


def test_a_wrong_password_takes_the_same_time_for_every_kind_of_account(tree, branch_admin):
    """Each costs one argon2id hash: without it an unknown account or a slip would answer ten times as fast."""
    admin(tree.branch, "tys00030", state=AccountState.ISSUED)

    def seconds(name):
        LoginGuard.objects.all().delete()
        started = time.perf_counter()
        with pytest.raises(RuleError):
            log_in_admin(name, "wrong-1!", device="", address="10.0.0.1")
        return time.perf_counter() - started

    # Taken in turn, and the fastest counts: a busy machine only ever adds, and not to one kind alone.
    fastest = dict.fromkeys(("tys00012", "tys00030", "nobody99"), math.inf)
    for _ in range(8):
        fastest = {name: min(before, seconds(name)) for name, before in fastest.items()}
    assert min(fastest.values()) > 0.4 * max(fastest.values())
