"""Activation (F19–F21) and the rules of passwords and names."""

import re

import pytest
from django.test import Client

from accounts.actions import reset_password
from accounts.models import Consent
from accounts.passwords import RULES, check_password
from accounts.validators import clean_real_name
from sanjin.common.errors import RuleError
from sanjin.common.models import AuditEntry
from tests.factories import ONE_TIME, admin

GOOD = {"name": "王建国", "password": "New-horse8", "again": "New-horse8", "agreed": "on"}


@pytest.fixture
def issued(tree):
    return admin(tree.branch, "tys00030", state="issued")


@pytest.fixture
def activating(client, sign_in, issued):
    sign_in("tys00030", ONE_TIME)
    return client


@pytest.mark.django_db
@pytest.mark.promise("F19", "F21")
def test_activation_without_any_script_lets_in_and_records_name_and_consent(activating, sign_in, issued):
    page = activating.get("/activate/").content.decode()
    assert "财政局第一支部" in page and "隐私告知" in page
    response = activating.post("/activate/", GOOD)
    assert response["Location"] == "/"
    issued.refresh_from_db()
    assert (issued.state, issued.display_name, issued.one_time_until) == ("active", "王建国", None)
    assert [str(c.document) for c in Consent.objects.filter(account=issued)] == ["隐私告知 v1"]
    assert AuditEntry.objects.filter(verb="account.activated", subject_id=issued.pk).count() == 1
    assert activating.get("/password/").status_code == 200
    activating.post("/logout/")
    assert "不正确" in sign_in("tys00030", ONE_TIME).content.decode()
    assert sign_in("tys00030", "New-horse8").status_code == 302


@pytest.mark.django_db
@pytest.mark.promise("F20", "F21")
def test_all_errors_stand_at_once_beside_their_fields_and_nothing_typed_is_lost(activating, issued):
    response = activating.post("/activate/", {"name": "Wang 2", "password": "abc 中", "again": "abc 中"})
    assert response.status_code == 422
    errors = response.context["form"].errors
    assert set(errors) == {"name", "password", "agreed"}
    assert "“中”" in errors["password"][0] and "空格" in errors["password"][0]
    assert response.context["form"]["name"].value() == "Wang 2"
    issued.refresh_from_db()
    assert issued.state == "issued"


@pytest.mark.django_db
def test_two_different_passwords_are_refused(activating):
    response = activating.post("/activate/", {**GOOD, "again": "Other-horse8"})
    assert "不一致" in response.context["form"].errors["again"][0]


@pytest.mark.django_db
def test_nobody_activates_without_the_one_time_password(client, issued):
    for response in (client.get("/activate/"), client.post("/activate/", GOOD)):
        assert response["Location"] == "/login/"
    issued.refresh_from_db()
    assert issued.state == "issued"


@pytest.mark.django_db
def test_a_new_slip_ends_an_activation_that_was_begun(activating, issued, tree):
    reset_password(issued, actor=admin(tree.county))
    assert activating.post("/activate/", GOOD)["Location"] == "/login/"


@pytest.mark.promise("F20")
@pytest.mark.parametrize(
    ("text", "failed"),
    [
        ("Right-horse7", []),
        ("a1!" + "x" * 17, []),
        ("aB3.aB3", ["length"]),
        ("a1!" + "x" * 18, ["length"]),
        ("Right-horse", ["digit"]),
        ("1234567!", ["letter"]),
        ("Righthorse7", ["symbol"]),
        ("Right-horse7 ", ["allowed"]),
        ("Right-horse7/", ["allowed"]),
        ("Right-horse7，", ["allowed"]),
        ("Ｒight-horse7", ["allowed"]),
        ("", ["length", "digit", "letter", "symbol"]),
        ("密码", ["length", "digit", "letter", "symbol", "allowed"]),
        ("Right-horse7\n", ["allowed"]),
    ],
)
def test_password_rules(text, failed):
    try:
        check_password(text)
        found = []
    except RuleError as error:
        found = error.data["failed"]
        assert error.field == "password"
    assert found == failed


@pytest.mark.parametrize("symbol", "!@#$%^&*_-+=.?")
def test_every_symbol_of_the_promise_is_allowed(symbol):
    check_password(f"abcdefg1{symbol}")


def test_a_refused_password_names_each_character_that_is_not_allowed():
    with pytest.raises(RuleError) as refused:
        check_password("Right-horse7/；/ ")
    assert "“/”、“；”、空格" in refused.value.message


def test_patterns_are_read_alike_by_javascript():
    """No syntax that only Python has, and nothing that JavaScript's `u` flag refuses (an escaped `!`, for one)."""
    for rule in RULES:
        assert not re.search(r"\(\?[P<#]|\\[AZz]", rule.pattern)
        assert set(re.findall(r"\\(.)", rule.pattern)) <= set("sS-")


@pytest.mark.promise("F21")
@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("王建国", "王建国"),
        (" 王建国 ", "王建国"),
        ("买买提·吐尔逊", "买买提·吐尔逊"),
        ("买买提•吐尔逊", "买买提·吐尔逊"),
        ("𠮷田", "𠮷田"),
    ],
)
def test_real_names(typed, name):
    assert clean_real_name(typed) == name


@pytest.mark.promise("F21")
@pytest.mark.parametrize(
    "typed", ["王", "", "Wang", "王2", "王 建国", "·王建国", "王··国", "王建国先生" * 7, "王<b>"]
)
def test_names_that_are_not_real(typed):
    with pytest.raises(RuleError) as refused:
        clean_real_name(typed)
    assert refused.value.code == "name_refused"


@pytest.mark.django_db
def test_own_password_is_changed_and_other_browsers_are_out(client, sign_in, branch_admin):
    other = Client()
    sign_in("tys00012", by=other)
    sign_in("tys00012")
    wrong = client.post("/password/", {"old": "x", "new": "New-horse8", "again": "New-horse8"})
    assert "当前密码不正确" in wrong.context["form"].errors["old"][0]
    weak = client.post("/password/", {"old": "Right-horse7", "new": "short", "again": "short"})
    assert weak.status_code == 422 and "new" in weak.context["form"].errors
    done = client.post("/password/", {"old": "Right-horse7", "new": "New-horse8", "again": "New-horse8"})
    assert done["Location"] == "/"
    assert client.get("/password/").status_code == 200
    assert other.get("/password/").status_code == 302
