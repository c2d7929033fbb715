"""What an organiser does with a phone: the list of who came, minutes on a shared phone, a new meeting."""

from types import SimpleNamespace

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from meetings.actions import cancel_meeting
from meetings.models import UninvitedScan
from tests.meetings import factories as make

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def running(in_app) -> SimpleNamespace:
    """A running meeting, the phone of its organiser, and a member of the branch who is not on the list."""
    branch = make.organization("甲支部", below=make.organization("某县委", nature="committee"))
    admin, organiser, uninvited = (
        make.admin(branch),
        make.member(branch, "张组织"),
        make.member(branch, "李没请"),
    )
    meeting = make.meeting_in("running", admin, [organiser], [organiser, make.member(branch)])
    return SimpleNamespace(meeting=meeting, admin=admin, uninvited=uninvited, phone=in_app(organiser))


@pytest.mark.promise("F13")
def test_a_refused_addition_to_the_list_is_said(running):
    UninvitedScan.objects.create(meeting=running.meeting, member=running.uninvited)
    phone: Page = running.phone
    phone.goto(f"/app/#/meetings/{running.meeting.uuid}/people")
    add = phone.get_by_role("button", name="加入名单")
    expect(add).to_be_visible()
    cancel_meeting(running.meeting, actor=running.admin, reason="改期")
    add.click()
    expect(phone.get_by_role("alert")).to_contain_text("取消")
    expect(add).to_have_count(0)  # and the list is the one of now
    assert phone.errors == []


def test_a_draft_of_minutes_outlives_the_page_and_ends_with_the_login(running):
    phone: Page = running.phone
    address = f"/app/#/meetings/{running.meeting.uuid}/minutes"
    phone.goto(address)
    phone.fill("textarea", "一、学习文件")
    phone.reload()
    expect(phone.locator("textarea")).to_have_value("一、学习文件")
    phone.goto("/app/#/me")
    phone.get_by_role("button", name="退出登录").click()
    phone.locator(".van-dialog__confirm").click()
    expect(phone.get_by_role("button", name="登录", exact=True)).to_be_visible()
    assert "一、学习文件" not in phone.evaluate("JSON.stringify(localStorage)")
    assert phone.errors == []


def test_a_phone_abroad_proposes_the_hours_of_shanghai(chromium, live_server):
    context = chromium.new_context(base_url=live_server.url, timezone_id="America/New_York")
    page = context.new_page()
    page.goto("/app/")
    hour = "%Y-%m-%dT%H:00"
    before = timezone.localtime()
    proposed = page.evaluate("import('/static/h5/words.js').then((words) => words.wholeHour(0))")
    assert proposed in {f"{before:{hour}}", f"{timezone.localtime():{hour}}"}
    context.close()
