"""Signing in to the back office as a person does: the page, the picture, the button."""

import pytest
from captcha.models import CaptchaStore

from accounts.models import Consent, DeviceToken
from accounts.queries import documents_in_force
from tests.factories import PASSWORD


@pytest.fixture
def sign_in(transactional_db):
    """sign_in(page, account): logs in through the page; the answer to the picture comes from the database. asked: the page
    that the person wanted, which leads to the login."""

    def go(page, account, password: str = PASSWORD, *, asked: str = "/login/") -> None:
        page.goto(asked)
        key = page.input_value('input[name="captcha_key"]')
        page.fill('input[name="name"]', account.name)
        page.fill('input[name="password"]', password)
        page.fill('input[name="captcha"]', CaptchaStore.objects.get(hashkey=key).response)
        page.click('form button[type="submit"]')

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
