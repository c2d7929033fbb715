"""F32 as people do it: the committee uploads its register, the branch finds its rows in the to-do and imports them."""

import pytest
from playwright.sync_api import Page, expect

from members.models import Member
from organizations.enums import Nature
from sanjin.common import jobs
from sanjin.common.models import Job
from tests.factories import admin, organization
from tests.members.workbooks import HEADINGS, line, workbook

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.promise("F32")]

PEOPLE = ["王建国", "李红梅", "赵晓东"]


@pytest.fixture
def city(silent_bell):
    top = organization("太原市委")
    general = organization("财政局党总支", nature=Nature.GENERAL_BRANCH, below=top)
    other = organization("人社局党总支", nature=Nature.GENERAL_BRANCH, below=top)
    branch = organization("机关支部", nature=Nature.BRANCH, below=general)
    for office in (general, other):
        organization("第一支部", nature=Nature.BRANCH, below=office)
    return admin(top, "tys00001"), admin(branch, "tys00002")


def register(folder) -> str:
    rows = [{"所在党支部": "机关支部"} | line(姓名=name) for name in PEOPLE]
    rows[2]["联系固定电话"], rows[2]["手机号码"] = "", "12"
    rows += [
        {"所在党支部": branch} | line(姓名="周明")
        for branch in ("财政局党总支/第一支部", "第一支部", "机关第二支部")
    ]
    path = folder / "register.xlsx"
    path.write_bytes(workbook(*rows, headings=["所在党支部", *HEADINGS, "备注"]))
    return str(path)


def work() -> None:
    """What the worker does when the bell rings."""
    for job in Job.objects.filter(state="waiting"):
        jobs.run(job.pk)


def test_from_the_committees_register_to_members_of_the_branch(desk: Page, sign_in, city, tmp_path):
    committee, keeper = city
    sign_in(desk, committee)
    desk.goto("/members/import/")
    expect(desk.get_by_text("党员信息只能由支部管理员导入")).to_be_visible()
    desk.set_input_files('input[type="file"]', register(tmp_path))
    desk.get_by_role("button", name="上传并拆分").click()
    expect(desk.get_by_text("正在排队")).to_be_visible()
    work()
    expect(desk.get_by_role("heading", name="需要改正的行")).to_be_visible()
    expect(desk.locator("table").first).to_contain_text("等支部管理员导入")
    expect(desk.locator("table").first).to_contain_text("支部还没有管理员账号")
    expect(desk.locator("table").last).to_contain_text("“财政局党总支/第一支部”或“人社局党总支/第一支部”")

    desk.context.clear_cookies()
    sign_in(desk, keeper)
    desk.goto("/")
    expect(desk.get_by_text("上级拆分下发的名册 3 行，待导入")).to_be_visible()
    desk.get_by_role("link", name="去导入").click()
    desk.get_by_role("button", name="检查并导入").click()
    expect(desk.get_by_text("正在排队")).to_be_visible()
    work()
    desk.get_by_role("button", name="确认导入 2 行").click()
    desk.locator("dialog[open] .btn-primary").first.click()
    expect(desk.get_by_text("正在排队")).to_be_visible()
    work()
    expect(desk.get_by_role("link", name="查看党员名册")).to_be_visible()
    assert set(Member.objects.values_list("name", flat=True)) == set(PEOPLE[:2])
    desk.goto("/")
    expect(desk.get_by_text("上级拆分下发的名册")).to_have_count(0)
    assert desk.errors == []
