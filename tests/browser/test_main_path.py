"""The main job, end to end, as people do it: from a workbook to points in the ranking, in both faces, on a real worker.

Nothing here calls an action: every step is a click, a typed word or a file, except the accounts of the first committee.
"""

import io
import re
from datetime import timedelta
from pathlib import Path

import openpyxl
import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from members.models import Member
from organizations.models import Organization
from sanjin.common.xlsx import write_template
from tests.factories import admin, organization
from tests.plugins.workers import until
from workbench.sample.identity import id_number

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSWORD = "Abcd-1234"
STRUCTURE = [
    {"组织名称": "迎泽东社区党总支", "上级组织": "坞城街道党工委", "部门性质": "党总支", "部门类型": "社区"},
    {"组织名称": "第一社区党支部", "上级组织": "迎泽东社区党总支", "部门性质": "支部", "部门类型": "社区"},
    {"组织名称": "无类型支部", "上级组织": "迎泽东社区党总支", "部门性质": "支部", "部门类型": ""},
]
PEOPLE = ["王建国", "李红梅", "赵晓东", "单雄信", "曾小贤"]


def workbook(spec, rows: list[dict], folder: Path, name: str) -> str:
    """The template as downloaded, filled in by hand and saved."""
    book = openpyxl.load_workbook(io.BytesIO(write_template(spec)))
    sheet = book[book.sheetnames[0]]
    headings = {str(cell.value).strip("*＊ "): cell.column for cell in sheet[1] if cell.value}
    sheet.delete_rows(2)  # the example
    for number, row in enumerate(rows, 2):
        for heading, value in row.items():
            sheet.cell(number, headings[heading], value)
    path = folder / name
    book.save(path)
    return str(path)


def people_rows() -> list[dict]:
    born = timezone.localdate().replace(month=1, day=1)
    rows = []
    for index, name in enumerate(PEOPLE):
        birth = born.replace(year=1980 + index)
        rows.append(
            {
                "姓名": name,
                "公民身份号码": id_number("140105", birth, 40 + index, male=index % 2 == 0),
                "手机号码": f"1390000000{index}",
                "人员类别": "正式党员",
                "加入党组织日期": "2010-07-01",
                "转正日期": "2011-07-01",
            }
        )
    rows.append({**rows[0], "姓名": "重复人", "手机号码": "13900000099"})
    return rows


def test_from_a_workbook_to_points_in_the_ranking(
    desk: Page, phone: Page, sign_in, worker, tmp_path, settings
):
    worker.start(MEDIA_ROOT=str(settings.MEDIA_ROOT))
    root = organization("省委")
    committee = organization("坞城街道党工委", below=root)
    sign_in(desk, admin(committee, "tys00001"))
    expect(desk.locator(".bar")).to_contain_text("坞城街道党工委")

    import_structure(desk, tmp_path)
    name, secret = generate_admins(desk)
    activate(desk, name, secret)
    import_members(desk, tmp_path)
    call_meeting(desk)
    code = save_code(desk, tmp_path)

    log_in_with_slip(phone, slip(desk, "李红梅"), "13900000001")
    check_in(phone, code)
    log_out(phone)
    log_in_with_slip(phone, slip(desk, "王建国"), "13900000000")
    file_minutes(phone)

    branch = Organization.objects.get(name="第一社区党支部")
    until(lambda: total(branch) is not None, what="the branch's total")
    read_points(phone)
    read_formula(desk, branch)
    assert desk.errors == [] and phone.errors == []


def import_structure(desk: Page, folder: Path) -> None:
    from organizations.structure_sheet import spec  # noqa: PLC0415 reads the catalogue, so only inside a test

    desk.goto("/organizations/import/")
    desk.set_input_files('input[type="file"]', workbook(spec(), STRUCTURE, folder, "structure.xlsx"))
    desk.get_by_role("button", name=re.compile("上传")).click()
    expect(desk.get_by_role("heading", name="需要改正的行")).to_be_visible()
    expect(desk.locator("table").first).to_contain_text("部门类型")  # the row's column is named, and why
    desk.get_by_role("button", name="确认导入 2 行").click()
    expect(desk.locator("dialog[open]")).to_contain_text("新建 2 个组织")
    desk.locator("dialog[open] .btn-primary").click()
    expect(desk.get_by_role("link", name="生成管理员账号")).to_be_visible()
    desk.goto("/organizations/?q=yzdsq")
    expect(desk.get_by_text("迎泽东社区党总支").first).to_be_visible()


def generate_admins(desk: Page) -> tuple[str, str]:
    desk.goto("/settings/admins/generate/")
    desk.fill('input[name="prefix"]', "tys")
    desk.get_by_role("button", name=re.compile("生成")).click()
    expect(desk.get_by_text("已完成")).to_be_visible()
    desk.get_by_role("link", name=re.compile("账号条")).click()
    card = desk.locator(".slip", has_text="第一社区党支部")
    values = card.locator("dd").all_inner_texts()
    return values[0], values[1]


def activate(desk: Page, name: str, secret: str) -> None:
    from captcha.models import CaptchaStore  # noqa: PLC0415 needs the app registry

    desk.context.clear_cookies()
    desk.goto("/login/")
    desk.fill('input[name="name"]', name)
    desk.fill('input[name="password"]', secret)
    key = desk.input_value('input[name="captcha_key"]')
    desk.fill('input[name="captcha"]', CaptchaStore.objects.get(hashkey=key).response)
    desk.get_by_role("button", name="登录", exact=True).click()
    desk.wait_for_url("**/activate/")
    desk.fill('input[name="name"]', "张管理")
    desk.fill('input[name="password"]', PASSWORD)
    desk.fill('input[name="again"]', PASSWORD)
    desk.check('input[name="agreed"]')
    desk.get_by_role("button", name="激活并进入").click()
    expect(desk.locator(".bar")).to_contain_text("第一社区党支部")


def import_members(desk: Page, folder: Path) -> None:
    from members.member_sheet import SPEC  # noqa: PLC0415 needs the app registry

    desk.goto("/members/import/")
    desk.set_input_files('input[type="file"]', workbook(SPEC, people_rows(), folder, "members.xlsx"))
    desk.get_by_role("button", name=re.compile("上传")).click()
    expect(desk.get_by_text("重复人")).to_be_visible()
    desk.get_by_role("button", name=re.compile("导入")).click()
    confirm = desk.locator("dialog[open] .btn-primary, dialog[open] .btn-danger")
    if confirm.count():
        confirm.first.click()
    expect(desk.get_by_role("link", name="查看党员名册")).to_be_visible()
    assert set(Member.objects.values_list("name", flat=True)) == set(PEOPLE)
    desk.get_by_role("link", name="查看党员名册").click()
    expect(desk.locator("table")).to_contain_text("139****0000")
    expect(desk.locator("table")).not_to_contain_text("13900000000")


def call_meeting(desk: Page) -> None:
    now = timezone.localtime()
    organiser = Member.objects.get(name="王建国")
    desk.goto("/meetings/new/")
    desk.select_option('select[name="kind"]', "group")
    desk.fill('input[name="title"]', "11月党小组会")
    desk.fill('input[name="place"]', "社区活动室")
    desk.fill('input[name="starts_at"]', f"{now:%Y-%m-%dT%H:%M}")
    desk.fill('input[name="ends_at"]', f"{now + timedelta(minutes=65):%Y-%m-%dT%H:%M}")
    desk.evaluate(
        """uuid => { const s = document.querySelector('select[name="organisers"]');
                     if (s.tomselect) s.tomselect.addItem(uuid); else s.value = uuid; }""",
        str(organiser.uuid),
    )
    desk.get_by_role("button", name="发布并通知").click()
    expect(desk.get_by_role("heading", name="11月党小组会").first).to_be_visible()
    expect(desk.locator("#people")).to_contain_text("组织者")


def save_code(desk: Page, folder: Path) -> str:
    """What F10 promises: a screenshot of the page is a good code."""
    desk.get_by_role("link", name="签到码").first.click()
    path = folder / "code.png"
    desk.locator(".sheet").screenshot(path=path)
    return str(path)


def slip(desk: Page, name: str) -> str:
    """The one-time code that the branch admin prints for a member."""
    desk.goto(f"/members/{Member.objects.get(name=name).uuid}/")
    desk.get_by_role("button", name="打印登录口令条").click()
    desk.locator("dialog[open] button.btn-primary, dialog[open] button.btn-danger").first.click()
    return desk.locator(".slip dd").nth(1).inner_text().strip()


def log_in_with_slip(phone: Page, secret: str, account: str) -> None:
    phone.goto("/app/")
    phone.get_by_role("button", name="首次登录 / 忘记密码").click()
    expect(phone.locator(".van-nav-bar__title")).to_have_text("设置密码")
    phone.fill('input[name="account"]', account)
    phone.fill('input[name="code"]', secret)
    phone.fill('input[name="password"]', PASSWORD)
    phone.fill('input[name="again"]', PASSWORD)
    phone.get_by_role("button", name="设置密码并登录").click()
    agree = phone.get_by_role("button", name="我已阅读并同意")
    home = phone.get_by_text("扫码签到")
    expect(agree.or_(home).first).to_be_visible()
    while agree.count():
        title = phone.locator(".van-nav-bar__title").inner_text()
        agree.click()
        expect(phone.locator(".van-nav-bar__title", has_text=title)).to_have_count(0)
    expect(phone.get_by_text("11月党小组会").first).to_be_visible()
    phone.go_back()  # to where the login was
    expect(phone.get_by_text("11月党小组会").first).to_be_visible()


def check_in(phone: Page, code: str) -> None:
    phone.get_by_role("button", name="立即签到").click()
    phone.set_input_files('input[type="file"]', code)
    expect(phone.locator(".answer h1")).to_have_text("签到成功")
    phone.get_by_role("button", name="返回首页").click()


def log_out(phone: Page) -> None:
    phone.get_by_text("个人中心").click()
    phone.get_by_role("button", name="退出登录").click()
    phone.locator(".van-dialog__confirm").click()
    expect(phone.get_by_role("button", name="登录", exact=True)).to_be_visible()


def file_minutes(phone: Page) -> None:
    phone.get_by_role("button", name="提交纪要").click()
    phone.fill("textarea", "学习党的二十届四中全会精神，讨论年度工作安排，形成一致意见。")
    phone.get_by_role("button", name="提交并结束会议").click()
    asked = phone.locator(".van-dialog__message")
    expect(asked).to_contain_text("结束，还有 3 人未签到。提交后会议结束，不能再签到。")
    phone.get_by_role("button", name="再等等").click()
    expect(asked).to_be_hidden()
    phone.get_by_role("button", name="提交并结束会议").click()
    phone.get_by_role("button", name="确定提交").click()
    expect(phone.get_by_text("已结束").first).to_be_visible()


def total(branch: Organization):
    from points.models import Rollup  # noqa: PLC0415 needs the app registry

    return Rollup.objects.filter(organization_id=branch.pk, own__gt=0, inner_sum__gt=0).first()


def read_points(phone: Page) -> None:
    phone.goto("/app/#/points")
    expect(phone.locator(".entry").first).to_contain_text("11月党小组会")
    expect(phone.locator(".entry").first).to_contain_text("+5")


def read_formula(desk: Page, branch: Organization) -> None:
    """Own 5, two of five members with 5 each: 5 + 10 ÷ 5 = 7."""
    desk.goto(f"/organizations/{branch.uuid}/")
    expect(desk.locator(".formula").first).to_contain_text("7.00")
    desk.goto("/points/")
    expect(desk.locator("main")).to_contain_text("第一社区党支部")
    expect(desk.locator("main")).to_contain_text("7.00")
