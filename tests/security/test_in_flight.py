"""Whoever proved to know a password a moment ago: what ended every session meanwhile ends that attempt as well.

Argon2id takes a tenth of a second, in which an owner resets, or a superior prints a new slip. The moment is made by
calling the two halves of an action one after the other; the races below meet it with real threads."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.actions import activate, change_own_password, freeze, reset_password
from accounts.enums import AccountState
from accounts.models import Account, DeviceToken
from members.actions.codes import new_code
from members.actions.login import give_token, log_in_member
from members.actions.passwords import reset_password as reset_members_password
from members.actions.passwords import set_password
from members.actions.records import recycle_member, restore_member
from members.models import Member
from members.models.reset_code import ResetChannel
from sanjin.common.errors import RuleError
from tests.factories import PASSWORD, admin, member, province
from tests.threads import at_once

PHONE, DEVICE, NEW = "13812345678", "d" * 32, "New-horse8"
OWN = {"name": "王建国", "password": NEW, "agreed": True}


@pytest.fixture
def tree(db):
    return province()


@pytest.fixture
def person(tree):
    return member(tree.branch, phone=PHONE)


def checked():
    """A member whose password has been looked at, and who has no token yet."""
    return log_in_member(PHONE, PASSWORD, device=DEVICE, address="10.0.0.1")


def refusal(work, *args, **values):
    with pytest.raises(RuleError) as refused:
        work(*args, **values)
    return refused.value.code, refused.value.status


def reset(person):
    code, _until = new_code(person, ResetChannel.SLIP)
    reset_members_password(PHONE, code, NEW, device="o" * 32, address="10.0.0.2")


def recycle(person):
    recycle_member(person, actor=admin(person.organization), reason="误建")


def recycle_and_restore(person):
    recycle(person)
    restore_member(Member.objects.get(pk=person.pk), actor=admin(person.organization))


def suspend(person):
    Account.objects.filter(pk=person.account_id).update(state=AccountState.FROZEN)


def give_the_name_away(person):
    person.phone = person.account_name = "13912345678"
    person.save()


@pytest.mark.promise("F28")
@pytest.mark.parametrize("change", [reset, recycle, recycle_and_restore, suspend, give_the_name_away])
def test_a_login_on_its_way_ends_with_every_other_session(person, change):
    on_its_way = checked()
    change(person)
    assert refusal(give_token, on_its_way, device=DEVICE, device_name="") == ("login_failed", 401)
    assert not DeviceToken.objects.exists()


def test_a_code_on_its_way_sets_no_password_for_who_has_gone(person):
    before = Member.objects.get(pk=person.pk)
    give_the_name_away(person)
    assert refusal(set_password, before, NEW, channel=ResetChannel.SMS) == ("reset_failed", 400)


def test_a_new_slip_wins_over_an_activation_on_its_way(tree):
    stolen = admin(tree.branch, state=AccountState.ISSUED)
    reset_password(Account.objects.get(pk=stolen.pk), actor=admin(tree.county))
    assert refusal(activate, stolen, **OWN, actor=stolen) == ("changed_meanwhile", 409)
    stolen.refresh_from_db()
    assert stolen.state == AccountState.ISSUED


def test_an_expired_slip_activates_nothing_though_it_was_given_before(tree):
    late = admin(tree.branch, state=AccountState.ISSUED, one_time_until=timezone.now() - timedelta(days=1))
    assert refusal(activate, late, **OWN, actor=late) == ("one_time_expired", 403)


def test_an_admin_of_a_dissolved_organisation_activates_nothing(tree):
    gone = admin(tree.branch, state=AccountState.ISSUED)
    tree.branch.state = "dissolved"
    tree.branch.save()
    assert refusal(activate, gone, **OWN, actor=gone) == ("organization_gone", 403)


@pytest.mark.promise("F20")
def test_a_password_change_on_its_way_leaves_the_superiors_slip(tree):
    hijacked = admin(tree.branch)
    issued = reset_password(Account.objects.get(pk=hijacked.pk), actor=admin(tree.county))
    values = {"old": PASSWORD, "new": "Thief-horse8", "actor": hijacked}
    assert refusal(change_own_password, hijacked, **values) == ("changed_meanwhile", 409)
    hijacked.refresh_from_db()
    assert check_password(issued.secret.replace("-", ""), hijacked.password)


def test_a_frozen_admin_changes_no_password(tree):
    thief = admin(tree.branch)
    freeze(Account.objects.get(pk=thief.pk), reason="人员调离", actor=admin(tree.county))
    now = Account.objects.get(pk=thief.pk)
    assert refusal(change_own_password, now, old=PASSWORD, new=NEW, actor=now) == ("wrong_state", 409)


def call(path, data, token=""):
    client = APIClient(headers={"Authorization": f"Token {token}"} if token else {})
    return client.post(f"/api/v1/{path}", data, format="json")


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_no_token_of_the_old_password_outlives_the_reset(tree, person):
    code, _until = new_code(person, ResetChannel.SLIP)

    def work(number):
        if number == 3:
            data = {"account": PHONE, "code": code, "password": NEW, "device": "o" * 32}
            assert call("auth/password/reset/", data).status_code == 200
            return None
        data = {"account": PHONE, "password": PASSWORD, "device": f"thief-{number:03d}"}
        answer = call("auth/login/", data)
        return answer.json()["token"] if answer.status_code == 200 else None

    tokens = [token for token in at_once(work, range(8), threads=8) if token]
    assert [call("auth/logout/", {}, token).status_code for token in tokens] == [401] * len(tokens)
    assert DeviceToken.objects.get().device == "o" * 32


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_a_device_has_one_token_however_often_it_logs_in_at_once(tree, person):
    data = {"account": PHONE, "password": PASSWORD, "device": DEVICE}
    # An attempt counts until its password was found right: one more at the same moment would be asked for a captcha.
    together = settings.LOGIN_FAILURES_TO_CAPTCHA
    statuses = at_once(lambda _: call("auth/login/", data).status_code, range(together), threads=together)
    assert set(statuses) == {200}
    assert DeviceToken.objects.filter(device=DEVICE).count() == 1
