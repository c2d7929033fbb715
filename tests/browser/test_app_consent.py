"""The documents of the first login, in the members' app."""

import pytest
from playwright.sync_api import APIResponse, Route, expect

from accounts.models import Consent
from organizations.enums import Nature
from tests.factories import member, organization
from tests.plugins.workers import until

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ME = "**/api/v1/me/"


def test_an_answer_from_before_an_agreement_does_not_ask_for_it_again(in_app):
    person = member(organization("第一支部", nature=Nature.BRANCH, below=organization("太原市委")))
    phone = in_app(person, agreed=False)
    asked: list[Route] = []
    late: list[tuple[Route, APIResponse]] = []

    def hold_all_but_the_first(route: Route) -> None:
        asked.append(route)
        first = len(asked) == 1
        answer = route.fetch()  # the server answers now, the phone hears it later
        if first:
            route.fulfill(response=answer)
        else:
            late.append((route, answer))

    phone.route(ME, hold_all_but_the_first)
    phone.goto("/app/")
    title = phone.locator(".van-nav-bar__title")
    agree = phone.get_by_role("button", name="我已阅读并同意")
    expect(title).to_have_text("隐私告知")
    until(
        lambda: phone.evaluate("true") and late, what="the second question"
    )  # the app and its home both ask
    agree.click()
    expect(title).to_have_text("履职承诺")

    for route, answer in late:
        route.fulfill(response=answer)
    phone.wait_for_load_state("networkidle")
    phone.unroute(ME)
    expect(title).to_have_text("履职承诺")
    agree.click()
    expect(phone.get_by_text("扫码签到")).to_be_visible()
    assert Consent.objects.filter(account=person.account).count() == 2
    assert phone.errors == []
