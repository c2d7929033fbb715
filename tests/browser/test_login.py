"""Login and activation in a real browser, with scripts and without (F17, F19, F20)."""

import pytest
from captcha.models import CaptchaStore
from playwright.sync_api import expect

from tests.factories import ONE_TIME, PASSWORD, admin, organization

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


@pytest.fixture
def issued():
    return admin(
        organization("第一支部", nature="branch", below=organization("太原市委")), "tys00030", state="issued"
    )


def sign_in(page, name, password):
    page.goto("/login/")
    page.fill("#id_name", name)
    page.fill("#id_password", password)
    answer_captcha(page)
    page.click("main form button[type=submit]")
    page.wait_for_url(lambda url: "/login/" not in url)


def answer_captcha(page):
    key = page.input_value("input[name=captcha_key]")
    page.fill("#id_captcha", CaptchaStore.objects.get(hashkey=key).response)


@pytest.mark.promise("F17")
def test_a_click_brings_another_picture_and_the_old_one_is_over(desk, issued):
    desk.goto("/login/")
    before = desk.input_value("input[name=captcha_key]")
    desk.click("[data-captcha-refresh]")
    expect(desk.locator("[name=captcha_key]")).not_to_have_value(before)
    assert desk.evaluate("document.querySelector('img.captcha').naturalWidth || 1") > 0
    desk.fill("#id_name", "tys00030")
    desk.fill("#id_password", ONE_TIME)
    answer_captcha(desk)
    desk.click("main form button[type=submit]")
    desk.wait_for_url("**/activate/")
    assert desk.errors == []


@pytest.mark.promise("F20")
def test_password_rules_tick_off_while_typing(desk, issued):
    sign_in(desk, "tys00030", ONE_TIME)
    ticked = "[...document.querySelectorAll('.rules li.met')].length"
    for text, expected in (("a", 2), ("a1", 3), ("a1!", 4), ("a1!xxxxx", 5), ("a1!xxxxx中", 4)):
        desk.fill("#id_password", text)
        assert desk.evaluate(ticked) == expected, text
    assert desk.errors == []


@pytest.mark.promise("F19")
@pytest.mark.parametrize("scripts", [True, False])
def test_activation_works_with_and_without_scripts(chromium, live_server, issued, scripts):
    context = chromium.new_context(base_url=live_server.url, java_script_enabled=scripts, locale="zh-CN")
    page = context.new_page()
    sign_in(page, "tys00030", ONE_TIME)
    page.fill("#id_password", "short")
    page.click("main form button[type=submit]")
    # Everything that is missing is said at once, and not one thing at a time by the browser.
    expect(page.locator("main .has-error")).to_have_count(4)
    page.fill("#id_name", "王建国")
    page.fill("#id_password", "New-horse8")
    page.fill("#id_again", "New-horse8")
    page.check("#id_agreed")
    page.click("main form button[type=submit]")
    page.wait_for_url(f"{live_server.url}/")
    issued.refresh_from_db()
    assert (issued.state, issued.display_name) == ("active", "王建国")
    context.close()


def test_the_back_button_shows_the_page_before_and_after_a_logout_the_login(desk):
    """Nothing keeps private pages (`no-store`), so the browser asks again."""
    keeper = admin(organization("太原市委"), "tys00001")
    sign_in(desk, keeper.name, PASSWORD)
    desk.goto("/settings/audit/")
    desk.goto("/jobs/")
    desk.go_back()
    assert "操作日志" in desk.inner_text("h1")
    desk.evaluate("document.querySelector('form[action=\"/logout/\"]').requestSubmit()")
    desk.wait_for_url("**/login/")
    desk.go_back()
    assert desk.url.endswith("/login/?next=/settings/audit/")
    assert desk.is_visible('input[name="captcha"]')
