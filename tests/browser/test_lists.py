"""Lists in a real browser: rows selected, over all pages too; columns chosen; cards on a phone."""

import pytest
from playwright.sync_api import expect

from organizations.enums import Nature
from tests.factories import admin, member, organization

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGE = 30


@pytest.fixture
def account():
    branch = organization("第三社区第一党支部", nature=Nature.BRANCH, below=organization("太原市委"))
    for number in range(PAGE + 2):
        member(branch, f"张{'甲乙丙丁戊己庚辛壬癸'[number % 10]}", password=None)
    return admin(branch, "tys00012")


def test_the_bar_counts_selected_rows_and_offers_all_pages(desk, sign_in, account):
    sign_in(desk, account)
    desk.goto("/members/")
    bar = desk.locator("[data-batch]")
    assert not bar.is_visible()
    desk.locator('[name="selected"]').nth(0).check()
    desk.locator('[name="selected"]').nth(2).check()
    assert desk.inner_text("[data-batch-count]") == "2"
    desk.check("[data-select-page]")
    assert desk.inner_text("[data-batch-count]") == str(PAGE)
    desk.click("[data-select-all]")
    assert desk.inner_text("[data-batch-count]") == str(PAGE + 2)
    assert desk.input_value('[name="all"]') == "1"
    desk.locator('[name="selected"]').nth(0).uncheck()
    assert desk.input_value('[name="all"]') == ""
    assert desk.inner_text("[data-batch-count]") == str(PAGE - 1)
    desk.click("[data-select-none]")
    assert not bar.is_visible()
    assert desk.errors == []


def test_chosen_columns_stay_on_the_next_visit(desk, sign_in, account):
    sign_in(desk, account)
    desk.goto("/members/")
    assert "入党日期" in desk.inner_text("thead")
    desk.locator("summary", has_text="显示的列").click()
    desk.locator(".choices label", has_text="入党日期").locator("input").uncheck()
    desk.click("text=应用")
    expect(desk.locator("thead")).not_to_contain_text("入党日期")
    desk.goto("/members/")
    assert "入党日期" not in desk.inner_text("thead")
    assert "姓名" in desk.inner_text("thead")


def test_slash_goes_to_the_search_box_but_not_while_typing(desk, sign_in, account):
    sign_in(desk, account)
    desk.goto("/members/")
    desk.keyboard.press("/")
    assert desk.evaluate("document.activeElement.closest('.bar-search') !== null")
    desk.keyboard.type("a/b")
    assert desk.input_value('.bar-search [name="q"]') == "a/b"


def test_rows_are_cards_on_a_phone_and_nothing_is_cut_off(phone, sign_in, account):
    sign_in(phone, account)
    phone.goto("/members/")
    assert (
        phone.evaluate("getComputedStyle(document.querySelector('.grid.cards tbody tr')).display") == "block"
    )
    assert phone.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert phone.locator(".filters").is_hidden()
    phone.tap(".fold > summary")
    assert phone.locator(".filters").is_visible()
