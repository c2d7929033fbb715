"""The members' app on a bad network: what comes late, broken or never leaves nobody waiting, and nothing typed is lost."""

import base64
from types import SimpleNamespace

import pytest
from playwright.sync_api import Page, Route, expect

from accounts.models import DeviceToken
from tests.meetings import factories as make

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def branch():
    return make.organization("甲支部", below=make.organization("某县委", nature="committee"))


@pytest.fixture
def running(in_app, branch) -> SimpleNamespace:
    """A running meeting on the phone of its organiser, who is the branch's secretary."""
    organiser, other = make.member(branch, "张组织"), make.member(branch, "李党员")
    make.secretary(organiser)
    people = [organiser, other, make.member(branch, "王党员")]
    meeting = make.meeting_in("running", make.admin(branch), [organiser], people)
    return SimpleNamespace(meeting=meeting, phone=in_app(organiser), organiser=organiser)


def test_whose_login_is_over_is_told_so_and_comes_back_to_the_page(in_app, branch):
    person = make.member(branch)
    phone: Page = in_app(person)
    phone.goto("/app/#/points")
    expect(phone.get_by_text("这一年还没有积分记录")).to_be_visible()
    DeviceToken.objects.all().delete()
    phone.reload()
    expect(phone.get_by_role("status")).to_contain_text("登录已失效")
    phone.fill("input >> nth=0", person.phone)
    assert "next=/points" in phone.url or "next=%2Fpoints" in phone.url
    assert phone.errors == []


def test_an_answer_that_breaks_off_is_a_sentence_and_a_way_to_try_again(in_app, branch):
    phone: Page = in_app(make.member(branch))
    phone.goto("/app/")
    expect(phone.get_by_text("会议和账号的消息会出现在这里")).to_be_visible()
    phone.evaluate("""() => {
      const before = window.fetch;
      window.fetch = async (...asked) => {
        window.fetch = before;
        const answer = await before(...asked);
        return { ok: true, status: 200, text: () => Promise.reject(new TypeError('network error')), answer };
      };
    }""")
    phone.locator(".places button", has_text="我的积分").click()
    expect(phone.get_by_role("heading", name="网络不通")).to_be_visible()
    phone.get_by_role("button", name="再试一次").click()
    expect(phone.get_by_text("这一年还没有积分记录")).to_be_visible()
    assert phone.errors == []


def test_a_connection_that_hangs_is_not_waited_for_without_end(in_app, branch):
    phone: Page = in_app(make.member(branch))
    phone.clock.install()
    phone.route("**/api/v1/organizations/*/total/", lambda route: None)
    phone.goto("/app/#/total")
    with phone.expect_request("**/api/v1/organizations/*/total/"):
        pass
    phone.clock.fast_forward(31_000)
    expect(phone.get_by_role("heading", name="网络太慢")).to_be_visible()
    expect(phone.get_by_role("button", name="再试一次")).to_be_visible()
    assert phone.errors == []


def test_a_page_that_does_not_come_is_said(in_app, branch):
    phone: Page = in_app(make.member(branch))
    phone.goto("/app/")
    phone.route("**/h5/pages/rules.js", lambda route: route.abort())
    phone.get_by_role("button", name="积分规则").click()
    expect(phone.get_by_text("页面没有打开，请检查网络后再试")).to_be_visible()


def test_minutes_filed_after_their_page_was_left_lead_nowhere(running):
    phone: Page = running.phone
    sent: list[Route] = []
    phone.route("**/minutes/", lambda route: sent.append(route))
    phone.goto("/app/")
    phone.goto(f"/app/#/meetings/{running.meeting.uuid}/minutes")
    phone.fill("textarea", "一、学习文件")
    phone.get_by_role("button", name="提交并结束会议").click()
    with phone.expect_request("**/minutes/"):
        phone.locator(".van-dialog__confirm").click()
    expect(phone.locator("textarea")).not_to_be_editable()  # what is written now would be lost
    phone.evaluate("location.hash = '#/points'")
    expect(phone.get_by_text("这一年还没有积分记录")).to_be_visible()
    sent.pop().continue_()
    expect(phone.get_by_text("会议已结束")).to_be_visible()
    phone.wait_for_load_state("networkidle")
    assert phone.url.endswith("#/points")
    assert phone.errors == []


def test_the_way_back_closes_the_chooser_and_asks_before_what_was_written_is_lost(running):
    phone: Page = running.phone
    phone.goto("/app/")
    phone.get_by_role("button", name="三会一课").click()
    phone.get_by_role("button", name="召集会议").click()
    phone.locator(".van-field", has_text="会议主题").locator("input").fill("主题党日")
    phone.locator(".van-field", has_text="组织者").click()
    chooser = phone.locator(".chooser")
    expect(chooser).to_be_visible()
    phone.evaluate("history.back()")
    expect(chooser).to_have_count(0)
    phone.wait_for_url("**/meetings/new")
    title = phone.locator(".van-field", has_text="会议主题").locator("input")
    expect(title).to_have_value("主题党日")
    phone.evaluate("history.back()")
    dialog = phone.get_by_role("dialog").filter(has_text="离开这一页")
    dialog.get_by_role("button", name="继续填写").click()
    phone.wait_for_url("**/meetings/new")
    expect(title).to_have_value("主题党日")
    phone.evaluate("history.back()")
    dialog.get_by_role("button", name="离开").click()
    expect(phone.get_by_role("tab", selected=True)).to_be_visible()
    assert phone.url.endswith("#/meetings")
    assert phone.errors == []


def test_a_picture_that_is_being_read_says_so_in_place_of_the_camera(in_app, branch):
    phone: Page = in_app(make.member(branch))
    held: list[Route] = []
    phone.route(
        "**/barcode-detector.js", lambda route: held.append(route)
    )  # on a slow network it is long in coming
    phone.goto("/app/#/scan")
    said = phone.locator(".viewfinder p")
    expect(said).to_be_visible()
    dot = base64.b64decode(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
    )
    phone.set_input_files('input[type="file"]', {"name": "code.png", "mimeType": "image/png", "buffer": dot})
    reading = phone.locator(".viewfinder").get_by_text("正在识别")
    expect(reading).to_be_visible()
    expect(said).to_have_count(0)
    box = reading.bounding_box()
    assert box["width"] > 2 * box["height"]  # on one line
