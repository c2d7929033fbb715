"""What the back office's small scripts do, in a real browser; and that it works without them."""

import re

import pytest

from tests.factories import admin, organization

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def account():
    return admin(organization("太原市委"), "tys00012")


@pytest.mark.promise("F20")
def test_password_rules_tick_off_while_typing(desk, sign_in, account):
    sign_in(desk, account)
    desk.goto("/password/")
    rules = desk.locator("[data-pattern]")

    def met(password: str) -> list[bool]:
        desk.fill("#id_new", password)
        return ["unmet" not in name for name in rules.evaluate_all("all => all.map(rule => rule.className)")]

    assert met("") == [True] * rules.count()  # nothing is wrong before anything is typed
    assert not all(met("short1"))
    assert all(met("Long-enough7"))
    assert not all(met("有汉字-enough7"))
    assert desk.errors == []


@pytest.mark.promise("F17")
def test_a_click_gives_another_picture_and_keeps_what_was_typed(desk, account):
    desk.goto("/login/")
    desk.fill('input[name="name"]', "tys00012")
    before = desk.get_attribute("img.captcha", "src")
    desk.click("img.captcha")
    desk.wait_for_function(
        "before => document.querySelector('img.captcha').src.indexOf(before) < 0", arg=before
    )
    assert desk.input_value('input[name="name"]') == "tys00012"
    assert desk.get_attribute("img.captcha", "src").split("/")[-2] == desk.input_value('[name="captcha_key"]')


@pytest.mark.promise("F19")
def test_login_and_menus_work_without_scripts(chromium, live_server, sign_in, account):
    context = chromium.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    sign_in(page, account)
    assert page.url == f"{live_server.url}/"
    page.click('summary[aria-label="我的账号"]')
    page.click("text=退出登录")
    assert re.search(r"/login/", page.url)
    context.close()


def test_the_menu_of_a_phone_slides_in_and_out(phone, sign_in, account):
    sign_in(phone, account)
    menu = phone.locator("#menu")
    assert not menu.is_visible()
    phone.tap("[data-menu-open]")
    menu.get_by_text("工作台").wait_for(state="visible")
    phone.keyboard.press("Escape")
    menu.wait_for(state="hidden")
    assert phone.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert phone.errors == []


def test_an_open_drop_down_closes_by_escape_and_by_a_click_elsewhere(desk, sign_in, account):
    sign_in(desk, account)
    drop = desk.locator(".bar details.drop")
    for close in (lambda: desk.keyboard.press("Escape"), lambda: desk.click("h1")):
        drop.locator("summary").click()
        assert drop.get_attribute("open") is not None
        close()
        assert drop.get_attribute("open") is None
