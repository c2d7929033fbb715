"""The home page of the members' app under a finger."""

import pytest
from playwright.sync_api import Page, Route, expect

from members.enums import MessageKind
from members.models import Member, Message
from organizations.enums import Nature
from tests.factories import member, organization

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

INBOX = "**/api/v1/messages/"


@pytest.fixture
def person() -> Member:
    return member(organization("第一支部", nature=Nature.BRANCH, below=organization("太原市委")))


def pull_down(phone: Page) -> None:
    """A finger from the middle of the page to its lower end, as the browser gets it from the screen."""
    finger = phone.context.new_cdp_session(phone)

    def touch(kind: str, *points: int) -> None:
        at = [{"x": 187, "y": y} for y in points]
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": at})

    touch("touchStart", 300)
    for y in range(320, 620, 20):
        touch("touchMove", y)
    touch("touchEnd")


def test_pulled_down_the_home_loads_again_and_the_spinner_goes(in_app, person):
    phone = in_app(person)
    phone.goto("/app/")
    expect(phone.get_by_text("会议和账号的消息会出现在这里")).to_be_visible()
    spinner = phone.locator(".van-pull-refresh__loading")
    expect(spinner).to_have_count(0)
    Message.objects.create(recipient=person, kind=MessageKind.MEETING, title="会议通知：主题党日", key="one")
    # the answer is held back until the spinner has been seen
    held: list[Route] = []
    phone.route(INBOX, lambda route: held.append(route))
    with phone.expect_request(INBOX):
        pull_down(phone)
    expect(spinner).to_be_visible()
    held.pop().continue_()
    expect(phone.get_by_text("会议通知：主题党日")).to_be_visible()
    expect(spinner).to_have_count(0)
    assert phone.errors == []
