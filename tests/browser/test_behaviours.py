"""What the back office's small scripts do, in a real browser; and that it works without them."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from meetings.actions import MeetingPlan, call_meeting
from meetings.enums import MeetingKind, MeetingState
from meetings.models import Meeting
from members.models import Member, Message
from tests.factories import admin, member, organization

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def account():
    return admin(organization("太原市委"), "tys00012")


@pytest.fixture
def branch():
    own = organization("第一支部", nature="branch", below=organization("太原市委"))
    for name in ("王建国", "李红梅", "赵晓东"):
        member(own, name)
    return own


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


def test_ctrl_s_keeps_a_draft_and_tells_nobody(desk, sign_in, branch):
    """What the form says beside its buttons: a key must not notify a whole branch."""
    sign_in(desk, admin(branch))
    desk.goto("/meetings/new/")
    expect(desk.get_by_text("Ctrl+S 存为草稿")).to_be_visible()
    desk.fill('input[name="title"]', "十二月主题党日")
    desk.fill('input[name="place"]', "活动室")
    desk.select_option('select[name="organisers"]', index=0)
    begins = timezone.localtime() + timedelta(days=1)
    desk.fill('input[name="starts_at"]', begins.strftime("%Y-%m-%dT%H:%M"))
    desk.fill('input[name="ends_at"]', (begins + timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M"))
    desk.keyboard.press("Control+s")
    expect(desk.get_by_text("已存为草稿")).to_be_visible()
    assert Meeting.objects.get().state == MeetingState.DRAFT
    assert not Message.objects.exists()


def test_ctrl_s_ends_no_meeting(desk, sign_in, branch):
    """提交并结束会议 is no 保存: the key presses nothing there."""
    keeper, people = admin(branch), list(Member.objects.filter(organization=branch))
    begun = timezone.now() - timedelta(hours=2)
    plan = MeetingPlan(
        MeetingKind.THEMEDAY, "主题党日", "活动室", begun, begun + timedelta(hours=1), people[:1], people
    )
    meeting = call_meeting(plan, actor=keeper)
    sign_in(desk, keeper)
    desk.goto(f"/meetings/{meeting.uuid}/minutes/")
    expect(desk.locator('button[type="submit"]:has-text("提交并结束会议")')).not_to_have_attribute(
        "data-save", ""
    )
    assert desk.locator("[data-save]").count() == 0


def test_what_is_wrong_so_far_is_in_sight_beside_the_buttons(desk, sign_in, branch):
    sign_in(desk, admin(branch))
    desk.goto("/meetings/new/")
    desk.fill('input[name="starts_at"]', "2099-01-01T10:00")
    desk.fill('input[name="ends_at"]', "2099-01-01T09:00")
    desk.keyboard.press("Tab")
    said = desk.locator(".form-foot .checks .alert")
    expect(said).to_be_in_viewport()
    expect(said).to_contain_text("结束时间")


def test_people_are_chosen_only_where_not_everybody_is_asked(desk, sign_in, branch):
    sign_in(desk, admin(branch))
    desk.goto("/meetings/new/")
    chooser = desk.locator('[data-when="audience"]')
    expect(chooser).to_be_hidden()
    desk.get_by_text("只通知选择的人员").click()
    expect(chooser).to_be_visible()


def test_a_file_field_speaks_chinese_whatever_the_browser_does(desk, sign_in, branch):
    sign_in(desk, admin(branch))
    desk.goto("/members/import/")
    box = desk.locator(".file-box")
    expect(box).to_contain_text("还没有选择文件")
    file = {"name": "党员.xlsx", "mimeType": "application/octet-stream", "buffer": b"x"}
    box.locator("input").set_input_files(file)
    expect(box).to_contain_text("党员.xlsx")


@pytest.mark.promise("F17")
def test_a_click_gives_another_picture_and_keeps_what_was_typed(desk, account):
    desk.goto("/login/")
    desk.fill('input[name="name"]', "tys00012")
    before = desk.get_attribute("img.captcha", "src")
    desk.click("img.captcha")
    expect(desk.locator("img.captcha")).not_to_have_attribute("src", before)
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
    expect(page).to_have_url(re.compile(r"/login/"))
    context.close()


def test_the_menu_of_a_phone_slides_in_and_out(phone, sign_in, account):
    sign_in(phone, account)
    menu = phone.locator("#menu")
    expect(menu).to_be_hidden()
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


def test_a_form_that_was_stopped_on_its_way_can_be_sent_again(desk, sign_in, branch):
    sign_in(desk, admin(branch))
    desk.goto("/meetings/new/")
    desk.fill('input[name="title"]', "十二月主题党日")
    network = desk.context.new_cdp_session(desk)
    network.send("Network.enable")
    slow = {"offline": False, "downloadThroughput": -1, "uploadThroughput": -1}
    network.send("Network.emulateNetworkConditions", {**slow, "latency": 20_000})
    # all in one: Playwright waits for a page that is on its way elsewhere
    sent, stopped, busy = desk.evaluate("""async () => {
      const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
      const sent = () => document.querySelectorAll('form[data-sent]').length;
      const told = [];
      setTimeout(() => document.querySelector('button[name="draft"]').click(), 0);
      await wait(300);
      told.push(sent());
      window.stop();
      await wait(300);
      return [...told, sent(), document.querySelectorAll('[aria-busy="true"]').length];
    }""")
    assert (sent, stopped, busy) == (1, 0, 0)
    assert desk.input_value('input[name="title"]') == "十二月主题党日"
    network.send("Network.emulateNetworkConditions", {**slow, "latency": 0})
    desk.click('button[name="draft"]')
    expect(desk.get_by_role("alert").or_(desk.locator("[data-focus]")).first).to_be_visible()
    assert desk.errors == []


def test_the_way_back_to_a_form_that_was_refused_once_leads_to_a_page(desk, sign_in, branch):
    sign_in(desk, admin(branch))
    desk.goto("/meetings/new/")
    desk.fill('input[name="title"]', "十二月主题党日")
    desk.click('button[name="draft"]')
    expect(desk.locator("[data-focus]")).to_contain_text("地点")
    desk.fill('input[name="place"]', "活动室")
    desk.select_option('select[name="organisers"]', index=0)
    desk.click('button[name="draft"]')
    expect(desk.get_by_text("已存为草稿")).to_be_visible()
    desk.go_back()
    expect(desk.get_by_role("heading", name="召集会议")).to_be_visible()
    assert desk.errors == []
