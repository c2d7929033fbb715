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


@pytest.fixture
def closed(in_app) -> SimpleNamespace:
    """A meeting that has ended, of whose list one member signed in and one did not, on its organiser's phone."""
    branch = make.organization("甲支部", below=make.organization("某县委", nature="committee"))
    admin, organiser = make.admin(branch), make.member(branch, "张组织")
    people = [organiser, make.member(branch, "王缺席")]
    meeting = make.meeting_in("closed", admin, [organiser], people)
    return SimpleNamespace(meeting=meeting, phone=in_app(organiser))


def test_after_the_end_nobody_is_asked_to_scan_and_withdrawing_says_what_follows(closed):
    phone: Page = closed.phone
    phone.goto(f"/app/#/meetings/{closed.meeting.uuid}/people")
    absent = phone.locator(".person", has_text="王缺席")
    expect(absent).to_contain_text("缺席")
    expect(absent.get_by_role("button")).to_have_count(0)
    phone.locator(".person", has_text="张组织").get_by_role("button", name="撤回签到").click()
    dialog = phone.get_by_role("dialog")
    expect(dialog).to_contain_text("积分冲回")
    expect(dialog).to_contain_text("不能再为此人签到")
    dialog.locator("textarea").fill("错" * 201)
    expect(dialog.locator("textarea")).to_have_value("错" * 200)  # as long as the server takes it
    assert phone.errors == []


def test_steps_are_behind_now_or_to_come_with_what_their_time_means(running):
    phone: Page = running.phone
    phone.goto(f"/app/#/meetings/{running.meeting.uuid}")
    expect(phone.locator(".steps .done b")).to_have_text(["召集会议", "通知党员"])
    expect(phone.locator(".steps .current")).to_contain_text("签到")
    expect(phone.locator(".steps .current")).to_contain_text("起（会前 30 分钟）")
    expect(phone.locator(".steps .todo b")).to_have_text(["提交纪要", "已结束"])
    expect(phone.locator(".steps .todo .van-icon")).to_have_count(0)
    assert phone.errors == []


@pytest.mark.parametrize(
    ("phase", "red", "outlined"),
    [("running", "出示签到码", "提交纪要"), ("awaiting_minutes", "提交纪要", "出示签到码")],
)
def test_the_red_button_is_what_is_due(in_app, phase, red, outlined):
    branch = make.organization("甲支部", below=make.organization("某县委", nature="committee"))
    organiser = make.member(branch)
    make.meeting_in(phase, make.admin(branch), [organiser], [organiser, make.member(branch)])
    phone: Page = in_app(organiser)
    phone.goto("/app/")
    plain = "van-button--plain"
    expect(phone.locator(f".running .van-button:not(.{plain})")).to_have_text(red)
    expect(phone.locator(f".running .{plain}")).to_have_text(outlined)


def test_the_list_opens_where_there_is_a_meeting_and_its_row_says_the_tab(in_app):
    branch = make.organization("甲支部", below=make.organization("某县委", nature="committee"))
    organiser = make.member(branch)
    make.meeting_in("scheduled", make.admin(branch), [organiser], [organiser, make.member(branch)])
    phone: Page = in_app(organiser)
    phone.goto("/app/#/meetings")
    expect(phone.get_by_role("tab", selected=True)).to_have_text("未开始")
    expect(phone.locator(".row-card .van-tag")).to_have_text("未开始")
    assert phone.errors == []


def test_calling_a_meeting_says_all_that_is_missing_at_its_field_and_by_name(in_app):
    branch = make.organization("甲支部", below=make.organization("某县委", nature="committee"))
    secretary, _ = make.member(branch, "张书记"), make.member(branch, "李党员")
    make.secretary(secretary)
    phone: Page = in_app(secretary)
    phone.goto("/app/#/meetings/new")
    organisers = phone.locator(".van-field", has_text="组织者")
    organisers.click()
    rows = phone.locator(".chooser .van-checkbox")
    expect(rows).to_have_text(["张书记 书记", "李党员"])  # who holds a post first
    rows.first.click()
    search = phone.get_by_placeholder("按姓名或拼音查找")
    for wanted in ("李", "Li", "ldy"):
        search.fill(wanted)
        expect(rows).to_have_text(["李党员"])
    phone.get_by_role("button", name="确定").click()
    phone.get_by_role("button", name="发布并通知").click()
    summary = phone.get_by_role("alert")
    for label in ("会议类型", "会议主题", "地点", "组织者"):
        expect(summary).to_contain_text(f"{label}：不能为空")
        expect(
            phone.locator(".van-field", has_text=label).locator(".van-field__error-message")
        ).to_be_visible()
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
