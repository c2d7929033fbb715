"""Real threads and connections against the login's two one-time things, each with a control that must fail."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from captcha.models import CaptchaStore
from django.db import connection

from accounts import captcha
from accounts.actions import guard
from accounts.actions.login import log_in_admin
from accounts.models import LoginGuard
from members.actions.codes import new_code, take_code
from sanjin.common.errors import RuleError
from tests.factories import admin, member, organization
from tests.plugins.workers import WAIT_SECONDS

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race]
THREADS, ROUNDS = 16, 10


def together(work, threads=THREADS):
    """What `work()` returned in each of the threads, which start at the same moment."""
    barrier = Barrier(threads)

    def one(_number):
        try:
            connection.ensure_connection()
            barrier.wait(WAIT_SECONDS)
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(one, range(threads)))


def read_then_delete(key, answer, looked):
    """As django-simple-captcha 0.7 does it."""
    row = CaptchaStore.objects.filter(hashkey=key).first()
    looked.wait(WAIT_SECONDS)
    if row is None or row.response != answer:
        return False
    row.delete()
    return True


@pytest.mark.promise("F17")
def test_one_captcha_is_accepted_once_however_many_send_it_at_once():
    for _ in range(ROUNDS):
        key = captcha.new_challenge("browser")
        answer = CaptchaStore.objects.get(hashkey=key).response
        assert sum(together(lambda k=key, a=answer: captcha.take(k, a, owner="browser"))) == 1


def test_control_reading_before_deleting_accepts_it_more_than_once():
    accepted = 0
    for _ in range(ROUNDS):
        key = captcha.new_challenge("browser")
        answer = CaptchaStore.objects.get(hashkey=key).response
        looked = Barrier(THREADS)
        accepted += sum(together(lambda k=key, a=answer, b=looked: read_then_delete(k, a, b)))
    assert accepted > ROUNDS


@pytest.fixture
def account():
    return admin(organization("太原市委"), "tys00001")


def outcome():
    try:
        return log_in_admin("tys00001", "wrong-1!", device="", address="10.0.0.1").name
    except RuleError as error:
        return error.code


@pytest.mark.promise("F35")
def test_parallel_guesses_get_exactly_five_looks_at_the_password(account):
    outcomes = together(outcome, threads=32)
    assert (outcomes.count("login_failed"), outcomes.count("locked")) == (4, 28)
    assert LoginGuard.objects.get(key=guard.admin_key("tys00001")).failures == 5


def count_afterwards(key, looked):
    """The usual way: look at the counter, check the password, then count."""
    row, _ = LoginGuard.objects.get_or_create(
        key=key, device="", defaults={"window_ends_at": "2099-01-01T00:00Z"}
    )
    looked.wait(WAIT_SECONDS)
    if row.failures >= 5:
        return False
    LoginGuard.objects.filter(pk=row.pk).update(failures=row.failures + 1)
    return True


def test_control_counting_afterwards_lets_more_than_five_look():
    key = guard.admin_key("tys00001")
    count_afterwards(key, Barrier(1))
    looked = Barrier(THREADS)
    looks = sum(sum(together(lambda: count_afterwards(key, looked))) for _ in range(3))
    assert looks > 4


def test_a_slips_code_is_taken_once():
    branch = organization("第一支部", nature="branch", below=organization("太原市委"))
    person = member(branch, password=None)
    for _ in range(ROUNDS):
        code, _until = new_code(person, "slip")
        taken = together(lambda c=code: take_code(person, c))
        assert taken.count("slip") == 1


def test_wrong_codes_in_parallel_get_five_looks():
    branch = organization("第一支部", nature="branch", below=organization("太原市委"))
    person = member(branch, password=None)
    code, _until = new_code(person, "sms")
    together(lambda: take_code(person, "aaaa-aaaa"))
    assert take_code(person, code) is None
