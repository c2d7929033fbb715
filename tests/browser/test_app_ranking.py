"""The app's ranking of organisations says how many branches have settled in (F40)."""

import pytest
from playwright.sync_api import Page, expect

from organizations.enums import Nature
from points.actions import recompute_dirty
from tests.factories import admin, member, organization

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.promise("F40")]


@pytest.fixture
def logged_in(in_app) -> Page:
    """A member of a branch below a city committee, in the app."""
    city = organization("太原市迎泽区委", below=organization("太原市委"))
    general = organization("区财政局机关党总支", nature=Nature.GENERAL_BRANCH, below=city)
    branches = [organization(f"财政局第{n}支部", nature=Nature.BRANCH, below=general) for n in "一二三"]
    for branch in branches[:2]:
        admin(branch)
    recompute_dirty()
    return in_app(member(branches[0]))


def test_organisations_above_branches_show_how_many_have_settled_in(logged_in: Page):
    phone = logged_in
    phone.goto("/app/#/ranking")
    phone.get_by_role("tab", name="党组织").click()
    expect(phone.locator(".entry")).to_have_count(3)
    expect(phone.get_by_text("入驻支部")).to_have_count(0)
    phone.get_by_role("button", name="党总支").click()
    expect(phone.locator(".entry")).to_contain_text("入驻支部 2 个，共 3 个支部")
    phone.get_by_role("button", name="党委").click()
    expect(phone.locator(".entry")).to_contain_text("太原市迎泽区委")
    expect(phone.locator(".entry")).to_contain_text("入驻支部 2 个，共 3 个支部")
    assert phone.errors == []
