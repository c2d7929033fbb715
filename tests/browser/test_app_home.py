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


def pull_down(phone: Page, begin: int = 300) -> None:
    """A finger from the middle of the page, or begin, 300 px down, as the browser gets it from the screen."""
    finger = phone.context.new_cdp_session(phone)

    def touch(kind: str, *points: int) -> None:
        at = [{"x": 187, "y": y} for y in points]
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": at})

    touch("touchStart", begin)
    for y in range(begin + 20, begin + 320, 20):
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


def test_the_empty_part_below_is_pulled_as_well_and_nothing_is_cut_off(in_app, person):
    phone = in_app(person)
    phone.goto("/app/")
    expect(phone.get_by_text("会议和账号的消息会出现在这里")).to_be_visible()
    box = phone.locator(".van-pull-refresh").bounding_box()
    assert box["y"] + box["height"] == phone.viewport_size["height"]
    with phone.expect_request(INBOX):
        pull_down(phone, int(phone.locator(".list").bounding_box()["y"]) + 100)
    assert phone.errors == []


def test_who_is_logged_in_is_not_asked_to_log_in(in_app, person):
    phone = in_app(person)
    phone.goto("/app/#/login")
    expect(phone.get_by_text("会议和账号的消息会出现在这里")).to_be_visible()
    phone.goto("/app/#/me")
    expect(phone.get_by_role("button", name="退出登录")).to_be_visible()
    phone.goto("/app/#/login")
    expect(phone.get_by_text("会议和账号的消息会出现在这里")).to_be_visible()
    assert phone.url.endswith("#/")
    assert phone.errors == []
