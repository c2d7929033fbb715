"""Structure from a workbook: every bad row named, the good ones in one transaction, any order."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from organizations import actions, stakes
from organizations import jobs as organization_jobs
from organizations.actions.imports import import_organizations
from organizations.models import Organization, Standing
from organizations.queries.import_plan import Plan
from organizations.structure_sheet import spec
from sanjin.common import jobs
from sanjin.common.models import AuditEntry, Job
from sanjin.common.xlsx import read_sheet, write_template
from tests.factories import organization, signed_in
from tests.organizations.sheets import workbook

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("silent_bell")]


def plan(tree, *rows):
    return Plan(read_sheet(workbook(*rows), spec=spec()), tree.city)


def errors(planned):
    return {(error.row, error.column, error.reason) for error in planned.sheet.errors}


def names(planned):
    return [each.name for each in planned.good]


def imported(city_admin, *rows):
    return import_organizations(read_sheet(workbook(*rows), spec=spec()), actor=city_admin).made


def test_rows_find_their_superior_in_the_tree_and_in_the_file_in_any_order(tree):
    planned = plan(
        tree,
        ("人社局一支部", "人社局党总支", "支部", "机关"),
        ("人社局党总支", "迎泽区委", "党总支", "机关"),
        ("财政局二支部", "财政局党总支", "支部", "机关"),
    )
    assert errors(planned) == set()
    assert names(planned) == ["人社局党总支", "财政局二支部", "人社局一支部"]


@pytest.mark.parametrize(
    ("row", "column", "reason"),
    [
        (("", "迎泽区委", "支部", "机关"), "组织名称", "缺少组织名称，此项必填"),
        (("甲", "", "支部", "机关"), "上级组织", "缺少上级组织，此项必填"),
        (("甲", "迎泽区委", "", "机关"), "部门性质", "缺少部门性质，此项必填"),
        (("甲", "迎泽区委", "支部", ""), "部门类型", "缺少部门类型，此项必填"),
        (("甲", "迎泽区委", "小组", "机关"), "部门性质", "“小组”不在可选项中，可选：党委、党总支、支部"),
        (
            ("甲", "财政局第一支部", "支部", "机关"),
            "上级组织",
            "支部“财政局第一支部”下面不能有组织，请填写它上面的党委或党总支",
        ),
        (
            ("甲", "财政局党总支", "党委", "机关"),
            "部门性质",
            "党总支“财政局党总支”的下级只能是支部，请核对部门性质",
        ),
        (
            ("甲", "大同市委", "支部", "机关"),
            "上级组织",
            "在“太原市委”及其下级、本表中都没有找到“大同市委”，请核对名称或先添加它",
        ),
        (("甲", "甲", "支部", "机关"), "上级组织", "上级组织是它自己，请填写它的上级"),
        (
            ("财政局党总支", "迎泽区委", "党委", "机关"),
            "部门性质",
            "“迎泽区委”下已有同名的党总支，请核对部门性质；性质有变化的，请在该组织的页面变更",
        ),
        (
            ("甲", "迎泽区委", "支部", "机关", "2024年13月1日"),
            "成立日期",
            "没有 2024 年 13 月 1 日这一天，请核对日期",
        ),
    ],
)
@pytest.mark.promise("F02")
def test_a_bad_row_is_named_with_column_and_reason(tree, row, column, reason):
    planned = plan(tree, row, ("好支部", "迎泽区委", "支部", "机关"))
    assert errors(planned) == {(2, column, f"{reason}。")}
    assert names(planned) == ["好支部"]


@pytest.mark.promise("F39")
def test_type_must_fit_the_nature(tree):
    ((_, column, reason),) = errors(plan(tree, ("甲", "迎泽区委", "支部", "乡镇")))
    assert column == "部门类型"
    assert reason.startswith("“乡镇”不是支部的类型，可选：机关、事业单位")


def test_a_row_below_a_bad_row_is_refused_with_its_number(tree):
    planned = plan(
        tree,
        ("甲总支", "迎泽区委", "党总支", ""),
        ("乙支部", "甲总支", "支部", "机关"),
        ("丙", "没有它", "党委", "机关"),
    )
    assert {(row, reason) for row, _, reason in errors(planned)} >= {
        (3, "上级组织“甲总支”（第 2 行）有误，请先改正它。")
    }
    assert planned.good == []


def test_rows_that_name_each_other_in_a_ring_are_refused(tree):
    planned = plan(
        tree,
        ("甲", "丙", "党委", "机关"),
        ("乙", "甲", "党委", "机关"),
        ("丙", "乙", "党委", "机关"),
        ("丁", "丙", "支部", "机关"),
    )
    assert {row for row, _, reason in errors(planned) if "循环" in reason} == {2, 3, 4, 5}
    assert planned.good == []


def test_twice_in_the_file_under_one_superior(tree):
    planned = plan(tree, ("甲", "迎泽区委", "支部", "机关"), ("甲", "迎泽区委", "支部", "学校"))
    assert errors(planned) == {(3, "组织名称", "与第 2 行重名（同一上级组织下）。")}


def test_superior_of_a_common_name_needs_its_path(tree):
    other = organization("小店区委", below=tree.city)
    organization("财政局党总支", nature="general_branch", below=other)
    planned = plan(
        tree,
        ("甲", "财政局党总支", "支部", "机关"),
        ("乙", "小店区委/财政局党总支", "支部", "机关"),
        ("丙", "太原市委＞迎泽区委＞财政局党总支", "支部", "机关"),
    )
    assert errors(planned) == {
        (2, "上级组织", "名为“财政局党总支”的上级组织有 2 个，请写完整路径，用“/”分隔。")
    }
    assert [str(each.parent.parent_path) for each in planned.good] == [other.path, tree.county.path]


def test_import_makes_paths_counts_standings_search_and_audit(tree, city_admin):
    actions.recycle_organization(
        actions.create_organization(
            tree.county,
            actor=city_admin,
            name="已删",
            nature="branch",
            type=tree.branch.type,
        ),
        actor=city_admin,
        reason="误建",
    )
    made = imported(
        city_admin,
        ("人社局党总支", "迎泽区委", "党总支", "机关", "2015-07-01", "0351-5550100", "迎泽大街 1 号"),
        *((f"人社局{n}支部", "人社局党总支", "支部", "机关") for n in range(40)),
    )
    assert len(made) == 41
    assert Organization.objects.get(pk=tree.county.pk).numchild == 3
    top = Organization.objects.get(name="人社局党总支")
    assert (top.numchild, top.depth, top.phone) == (40, 4, "0351-5550100")
    assert Organization.objects.find_problems() == ([], [], [], [], [])
    assert Standing.objects.filter(organization__in=made).count() == 41
    assert Organization.objects.filter(search__contains="rsjdzz").get() == top
    entry = AuditEntry.objects.get(verb="organization.imported")
    assert (entry.data["created"], entry.data["refused"]) == (41, 0)
    assert top.events.get().pgh_context_id == entry.uuid


def test_import_tells_the_stakes_once(tree, city_admin, monkeypatch):
    heard = []
    monkeypatch.setattr(stakes, "_stakes", {"test": stakes.Stake(follow=heard.append)})
    imported(city_admin, ("甲", "迎泽区委", "支部", "机关"), ("乙", "迎泽区委", "支部", "机关"))
    assert [len(each.organizations) for each in heard] == [2]


def test_import_again_makes_nothing_twice(tree, city_admin):
    rows = [("甲", "迎泽区委", "支部", "机关"), ("乙", "迎泽区委", "支部", "机关")]
    imported(city_admin, rows[0])
    assert [row.name for row in imported(city_admin, *rows)] == ["乙"]


@pytest.mark.promise("F31", "F32")
def test_from_upload_to_tree_by_the_pages(client, tree, city_admin):
    here = signed_in(client, city_admin)
    file = workbook(
        ("甲总支", "迎泽区委", "党总支", "机关"),
        ("乙", "甲总支", "支部", "机关"),
        ("丙", "无", "支部", "机关"),
    )
    answer = here.post(reverse("organizations:import"), {"file": file})
    check = Job.objects.get(kind=organization_jobs.PREVIEW)
    preview = reverse("organizations:import_preview", args=[check.uuid])
    assert answer.url == preview
    assert "正在排队" in here.get(preview).content.decode()
    jobs.run(check.pk)
    page = here.get(preview).content.decode()
    assert "都没有找到“无”" in page and "甲总支" in page
    assert "确认导入 2 行" in page and "新建 2 个组织，导入后立即生效。需要改正的行不导入" in page
    assert not Organization.objects.filter(name="甲总支").exists()
    done = here.post(preview).url
    assert here.post(preview).url == done
    work = Job.objects.get(kind=organization_jobs.IMPORT)
    jobs.run(work.pk)
    work.refresh_from_db()
    assert (work.state, work.report["counts"]) == (
        "done",
        [["总行数", 3], ["已导入", 2], ["未导入", 1]],
    )
    assert reverse("accounts:generate") in here.get(done).content.decode()
    assert Organization.objects.get(name="乙").path.startswith(tree.county.path)


@pytest.mark.promise("F31")
def test_bad_rows_come_back_as_a_workbook_ready_to_correct(client, tree, city_admin):
    here = signed_in(client, city_admin)
    here.post(reverse("organizations:import"), {"file": workbook(("丙", "无", "支部", "机关", "2020-01-02"))})
    check = Job.objects.get()
    jobs.run(check.pk)
    check.refresh_from_db()
    again = read_sheet(BytesIO(check.result.read()), spec=spec())
    assert [(row["name"], row["parent"], str(row["founded_on"])) for row in again.rows] == [
        ("丙", "无", "2020-01-02")
    ]


@pytest.mark.promise("F32")
def test_template_reads_back_empty_and_its_example_is_skipped():
    book = write_template(spec())
    with pytest.raises(Exception, match="没有数据行"):
        read_sheet(BytesIO(book), spec=spec())


def test_what_stands_already_is_counted_apart_and_asks_for_nothing(client, tree, city_admin):
    row = ("财政局第一支部", "财政局党总支", "支部", "")  # its own mistakes don't matter any more
    here = signed_in(client, city_admin)
    url = here.post(reverse("organizations:import"), {"file": workbook(row, row)}).url
    check = Job.objects.get()
    jobs.run(check.pk)
    check.refresh_from_db()
    assert check.report["counts"] == [["总行数", 2], ["可以导入", 0], ["已存在", 2], ["需要改正", 0]]
    assert (check.report["errors"], check.failed, bool(check.result)) == ([], 0, False)
    page = here.get(url).content.decode()
    assert "不需要处理" in page and "重新上传" not in page and "下载需要改正的行" not in page


def test_a_row_below_one_that_stands_already_goes_in(tree):
    planned = plan(
        tree, ("财政局党总支", "迎泽区委", "党总支", "机关"), ("新支部", "财政局党总支", "支部", "机关")
    )
    assert (errors(planned), names(planned)) == (set(), ["新支部"])
    assert [row.number for row in planned.there] == [2]


def test_a_row_that_is_there_twice_has_one_reason_and_hides_no_superior(tree):
    twice = ("甲总支", "迎泽区委", "党总支", "机关")
    planned = plan(tree, twice, twice, ("乙支部", "甲总支", "支部", "机关"))
    assert errors(planned) == {(3, "整行", "与第 2 行完全相同，请删除其中一行。")}
    assert names(planned) == ["甲总支", "乙支部"]


def test_the_pages_of_an_import_belong_to_the_organisations(client, tree, city_admin):
    here = signed_in(client, city_admin)
    url = here.post(
        reverse("organizations:import"), {"file": workbook(("甲", "迎泽区委", "支部", "机关"))}
    ).url
    jobs.run(Job.objects.get().pk)
    page = here.get(url).content.decode()
    crumbs = page[page.index('class="crumbs"') :][:600]
    assert "组织管理" in crumbs and "我的任务" not in crumbs
    assert Job.objects.get().seen


def test_an_empty_file_and_none_say_what_to_do(client, tree, city_admin):
    here = signed_in(client, city_admin)
    for data in ({}, {"file": SimpleUploadedFile("架构.xlsx", b"")}):
        answer = here.post(reverse("organizations:import"), data)
        page = answer.content.decode()
        assert answer.status_code == 422
        assert "请选择填好的 Excel 工作簿" in page and "提交的是空文件" not in page
        assert "您填写的内容都还在" not in page and "请重新选择文件" in page
