"""Signing in to the back office as a person does: the page, the picture, the button. And the end of a test."""

from threading import current_thread, main_thread

import pytest
from captcha.models import CaptchaStore
from django.core.signals import request_finished, request_started

from accounts.models import Consent, DeviceToken
from accounts.queries import documents_in_force
from tests.factories import PASSWORD
from tests.plugins.workers import until


@pytest.fixture(autouse=True)
def all_answered(transactional_db):
    """A page that closes leaves questions behind: a request that still works would lock the tables that are emptied."""
    busy = set()

    def begin(**_):
        if current_thread() is not main_thread():
            busy.add(current_thread())

    def end(**_):
        busy.discard(current_thread())

    request_started.connect(begin)
    request_finished.connect(end)
    yield
    until(lambda: not any(thread.is_alive() for thread in list(busy)), what="the server's last answer")
    request_started.disconnect(begin)
    request_finished.disconnect(end)


@pytest.fixture
def sign_in(transactional_db):
    """sign_in(page, account): logs in through the page, and is in; the answer to the picture comes from the database. asked:
    the page that the person wanted, which leads to the login."""

    def go(page, account, password: str = PASSWORD, *, asked: str = "/login/") -> None:
        page.goto(asked)
        key = page.input_value('input[name="captcha_key"]')
        page.fill('input[name="name"]', account.name)
        page.fill('input[name="password"]', password)
        page.fill('input[name="captcha"]', CaptchaStore.objects.get(hashkey=key).response)
        page.click('form button[type="submit"]')
        page.wait_for_url(lambda url: "/login/" not in url)

    return go


@pytest.fixture
def in_app(phone):
    """in_app(member): the phone, logged in to the members' app; agreed: to all that the first login asks."""

    def go(person, *, agreed: bool = True):
        for document in documents_in_force() if agreed else ():
            Consent.objects.create(account=person.account, document=document)
        _, token = DeviceToken.objects.create(person.account, device="phone")
        # once: a test that logs out stays logged out
        phone.add_init_script(
            f"sessionStorage.begun || localStorage.setItem('sanjin.token', '{token}'); sessionStorage.begun = 1"
        )
        return phone

    return go
