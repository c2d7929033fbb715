"""Answers that come late, or in another order than they were asked for: what happened meanwhile stands."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest
import qrcode
from playwright.sync_api import APIResponse, Page, Request, Route, expect

from members.enums import MessageKind
from members.models import Message
from organizations.enums import Nature
from tests.factories import PASSWORD, member
from tests.meetings import factories as make
from tests.plugins.workers import until

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


class Held:
    """The first question of a kind: answered by the server now, by `hear()` for the page. Later ones are not held."""

    def __init__(self, page: Page, address: str, only: Callable[[Request], bool] = lambda request: True):
        self.page, self.asked = page, 0
        self.answer: tuple[Route, APIResponse] | None = None

        def hold(route: Route) -> None:
            self.asked += only(route.request)
            if only(route.request) and self.asked == 1:
                self.answer = route, route.fetch()
            else:
                route.fallback()

        page.route(address, hold)

    def wait(self) -> None:
        """Until the server has answered."""
        until(lambda: self.page.evaluate("true") and self.answer is not None, what="the held answer")

    def hear(self) -> None:
        route, answer = self.answer
        with self.page.expect_event("requestfinished", lambda request: request == route.request):
            route.fulfill(response=answer)
        self.page.evaluate("new Promise((done) => setTimeout(done))")  # what follows from it has been done


@pytest.fixture
def hall() -> SimpleNamespace:
    """A running meeting of a branch: its organiser and a member who are there."""
    county = make.organization("某县委", nature=Nature.COMMITTEE)
    branch = make.organization("甲支部", below=county)
    organiser, guest = make.member(branch, "张组织"), make.member(branch, "李党员")
    meeting = make.meeting_in("running", make.admin(branch), [organiser], [organiser, guest])
    meeting.participants.filter(member=guest).update(
        state="present", method="code", checked_in_at=meeting.starts_at
    )
    return SimpleNamespace(county=county, branch=branch, meeting=meeting, organiser=organiser, guest=guest)


def test_a_late_refusal_of_the_last_login_does_not_end_this_one(in_app, hall):
    person = member(hall.branch, phone="13912345678")
    phone = in_app(person)
    held: list[Route] = []
    phone.route("**/api/v1/me/points/**", lambda route: route.fallback() if held else held.append(route))
    phone.goto("/app/#/points")
    until(lambda: phone.evaluate("true") and held, what="the question")
    phone.goto("/app/#/me")
    phone.get_by_role("button", name="退出登录").click()
    phone.locator(".van-dialog__confirm").click()
    phone.fill('input[name="account"]', person.phone)
    phone.fill('input[name="password"]', PASSWORD)
    phone.get_by_role("button", name="登录", exact=True).click()
    expect(phone.get_by_text("扫码签到")).to_be_visible()

    with phone.expect_response(lambda answer: answer.request == held[0].request) as late:
        held[0].continue_()  # with a token that is over
    assert late.value.status == 401
    phone.goto("/app/#/points")
    expect(phone.get_by_text("这一年还没有积分记录")).to_be_visible()
    assert phone.evaluate("localStorage.getItem('sanjin.token')")
    assert phone.errors == []


def test_a_code_that_comes_when_its_page_is_closed_is_the_last(in_app, hall):
    phone = in_app(hall.organiser)
    phone.clock.install()
    code = Held(phone, "**/qr/")
    phone.goto(f"/app/#/meetings/{hall.meeting.uuid}/code")
    code.wait()
    phone.goto(f"/app/#/meetings/{hall.meeting.uuid}")
    expect(phone.get_by_text("会议进展")).to_be_visible()
    code.hear()
    phone.clock.fast_forward(60_000)
    phone.goto("/app/#/branch")
    expect(phone.get_by_text("三会一课")).to_be_visible()
    assert code.asked == 1
    assert phone.errors == []


def test_a_message_that_was_read_is_counted_once_whoever_answers_first(in_app, hall):
    Message.objects.all().delete()
    Message.objects.create(recipient=hall.guest, kind=MessageKind.MEETING, title="资料有更新", key="one")
    phone = in_app(hall.guest)
    phone.goto("/app/#/messages")
    reading = Held(phone, "**/read/")
    phone.get_by_text("资料有更新").click()
    reading.wait()
    phone.goto("/app/#/me")
    cell = phone.locator(".van-cell", has_text="消息")
    expect(cell).to_be_visible()
    expect(cell).not_to_contain_text("未读")
    with phone.expect_response("**/api/v1/me/"):  # the server counts
        reading.hear()
    phone.goto("/app/#/branch")
    expect(phone.get_by_text("三会一课")).to_be_visible()
    expect(phone.locator(".van-tabbar .van-badge--dot")).to_have_count(0)
    assert phone.errors == []


def test_the_answer_to_a_closed_dialog_leaves_the_next_one_open(in_app, hall):
    phone = in_app(hall.organiser)
    phone.goto(f"/app/#/meetings/{hall.meeting.uuid}/people")
    dialog, guest = phone.get_by_role("dialog"), phone.locator(".person", has_text="李党员")

    def withdraw(name: str, reason: str) -> None:
        phone.locator(".person", has_text=name).get_by_role("button", name="撤回签到").click()
        expect(dialog).to_contain_text(f"撤回 {name} 的签到")
        dialog.locator("textarea").fill(reason)

    answer = Held(phone, "**/check-ins/*/")
    withdraw("李党员", "误签")
    dialog.get_by_role("button", name="确认").click()
    answer.wait()
    dialog.get_by_role("button", name="取消").click()
    expect(dialog).to_have_count(0)
    withdraw("张组织", "提前离开")
    answer.hear()
    expect(guest).to_contain_text("未签到")
    expect(dialog).to_contain_text("撤回 张组织 的签到")
    expect(dialog.locator("textarea")).to_have_value("提前离开")
    assert phone.errors == []


def test_a_refusal_that_comes_when_its_dialog_is_closed_breaks_nothing(in_app, hall):
    meeting = make.meeting_in(
        "scheduled", make.admin(hall.branch), [hall.organiser], [hall.organiser, hall.guest]
    )
    phone = in_app(hall.guest)
    phone.goto(f"/app/#/meetings/{meeting.uuid}")
    answer = Held(phone, "**/leave/")
    phone.get_by_role("button", name="请假").click()
    dialog = phone.get_by_role("dialog")
    dialog.get_by_role("button", name="提交").click()  # no reason
    answer.wait()
    dialog.get_by_role("button", name="取消").click()
    expect(dialog).to_have_count(0)
    answer.hear()
    phone.get_by_role("button", name="请假").click()
    expect(dialog).to_be_visible()
    expect(dialog.locator(".van-field__error-message")).to_have_count(0)
    assert phone.errors == []


CAMERA = """
    navigator.mediaDevices.getUserMedia = () => new Promise((opened) => {
        window.allow = () => {
            window.camera = document.createElement('canvas').captureStream();
            opened(window.camera);
        };
    });
"""


def test_a_camera_that_is_allowed_after_a_picture_was_sent_is_closed_again(in_app, hall, tmp_path):
    picture = tmp_path / "code.png"
    qrcode.make("https://example.com").save(picture)
    phone = in_app(hall.guest)
    phone.add_init_script(CAMERA)
    answer = Held(phone, "**/check-ins/")
    phone.goto("/app/#/scan")
    phone.set_input_files('input[type="file"]', picture)
    answer.wait()
    phone.evaluate("allow()")
    ended = "camera.getTracks().every((track) => track.readyState === 'ended')"
    until(lambda: phone.evaluate(ended), what="the camera's end")
    answer.hear()
    expect(phone.locator(".answer h1")).to_be_visible()
    assert phone.errors == []


def test_a_form_is_sent_once_though_a_check_of_it_is_answered_meanwhile(desk, sign_in, hall):
    sign_in(desk, make.admin(hall.branch))
    desk.goto("/meetings/new/")
    sent: list[Request] = []
    check = Held(desk, "**/meetings/new/", lambda request: "hx-request" in request.headers)

    def take(route: Route) -> None:
        if "hx-request" in route.request.headers:
            route.fallback()
        else:
            sent.append(route.request)
            route.fulfill(status=204)  # the page stays, as it does while the server works

    desk.route("**/meetings/new/", take)
    desk.fill('input[name="starts_at"]', "2099-01-01T10:00")
    desk.fill('input[name="ends_at"]', "2099-01-01T09:00")
    desk.keyboard.press("Tab")
    check.wait()
    desk.keyboard.press("Control+s")
    until(lambda: desk.evaluate("true") and sent, what="the form")
    check.hear()
    expect(desk.locator(".checks .alert")).to_be_visible()
    desk.keyboard.press("Control+s")
    expect(desk.locator("form[data-sent] [data-save][aria-busy]")).to_have_count(1)
    assert len(sent) == 1
    assert desk.errors == []


def test_the_tree_that_comes_after_the_search_does_not_replace_what_was_found(desk, sign_in, hall):
    sign_in(desk, make.admin(hall.county))
    first = Held(desk, "**/tree/**")
    desk.goto("/organizations/")
    first.wait()
    tree = desk.locator(".tree-panel")
    tree.get_by_role("searchbox").fill("jzb")
    expect(tree.get_by_role("link")).to_have_text(["甲支部"])
    route, answer = first.answer
    route.fulfill(response=answer)
    desk.evaluate("new Promise((done) => setTimeout(done))")
    expect(tree.get_by_role("link")).to_have_text(["甲支部"])
    assert desk.errors == []


def test_of_two_new_pictures_the_one_that_was_asked_for_last_stays(desk):
    desk.goto("/login/")
    first = Held(desk, "**/captcha/**", lambda request: request.resource_type == "fetch")
    button = desk.locator("[data-captcha-refresh]")
    button.click()
    first.wait()
    key = desk.locator('input[name="captcha_key"]')
    before = key.input_value()
    button.click()
    expect(key).not_to_have_value(before)
    last = key.input_value()
    first.hear()
    expect(key).to_have_value(last)
    assert desk.errors == []
