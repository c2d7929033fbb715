"""F32: a superior's register is split by branch, waits in each branch's to-do, and goes in by the branch's own import."""

import json
from datetime import date, timedelta
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from accounts.actions import freeze
from members.actions.parts import check_part, decline_part, expire_parts
from members.enums import IMPORT, SPLIT, PartState
from members.models import Member, RegisterPart
from members.register_sheet import LONGEST_TEXT
from members.todos import todos
from organizations.actions import move_organization
from organizations.enums import Nature, OrganizationState
from organizations.models import Organization
from sanjin.common.errors import RuleError
from sanjin.common.jobs import run, start_job
from sanjin.common.models import AuditEntry, Job, JobState
from tests.factories import admin, organization, signed_in
from tests.members.registers import COLUMN, of, people, reasons, register, split, waiting
from tests.members.workbooks import HEADINGS, line, workbook

pytestmark = [pytest.mark.django_db, pytest.mark.promise("F32")]


def test_a_register_is_split_by_branch_and_waits_in_each_branchs_todo(place, splitter):
    rows = [of("机关支部", 姓名="王一"), of("东局党总支/第一支部", 姓名="李二"), of("机关支部", 姓名="张三")]
    job = split(splitter, register(*rows))
    assert (job.state, job.message) == (JobState.DONE, "")
    assert job.report["counts"] == [["总行数", 3], ["已下发", 3], ["支部", 2], ["需要改正", 0]]
    assert (people(place.own), people(place.east_first)) == (["王一", "张三"], ["李二"])
    assert Member.objects.count() == 0
    todo = todos(admin(place.own))[0]
    assert (todo.title, todo.where) == ("上级拆分下发的名册 2 行，待导入", "太原市委")
    assert todo.url == reverse("members:part", args=[waiting(place.own).uuid])
    assert AuditEntry.objects.get(verb="register.split").data == {
        "branches": 2,
        "rows": 3,
        "refused": 0,
        "added": False,
        "replaced": 0,
    }


@pytest.mark.parametrize("column", ["所属支部", "* 所在支部（必填）", "所在党组织"])
def test_the_branch_column_has_familiar_names(place, splitter, column):
    split(splitter, register(of("机关支部"), column=column))
    assert waiting(place.own).rows == 1


def test_a_register_without_the_branch_column_is_refused_and_says_so(splitter):
    job = split(splitter, workbook(line()))
    assert (job.state, job.report["code"]) == (JobState.FAILED, "xlsx_columns")
    assert job.message == f"缺少“{COLUMN}”一列，系统无法按支部拆分。请在导出名册时选上该列后重新上传。"


def test_a_branch_that_is_not_clear_names_its_row_with_the_remedy(place, splitter):
    closed = organization("旧支部", nature=Nature.BRANCH, below=place.city)
    type(closed).objects.filter(pk=closed.pk).update(state=OrganizationState.DISSOLVED)
    rows = [
        of("第一支部"),
        of("无名支部"),
        of("外市支部"),
        of("东局党总支"),
        of("旧支部"),
        of(""),
        of("太原市委/西局党总支／第一支部"),
    ]
    job = split(splitter, register(*rows))
    assert people(place.west_first) == ["李红梅"]
    found = reasons(job)
    assert set(found) == {2, 3, 4, 5, 6, 7}
    assert "“东局党总支/第一支部”或“西局党总支/第一支部”" in found[2]
    # outside the scope is as unknown as what does not exist
    assert found[3].replace("无名", "外市") == found[4]
    assert "是党总支，不是支部" in found[5] and "已撤销" in found[6] and "缺少所在党支部" in found[7]


def test_an_id_number_that_excel_rounded_is_the_superiors_to_correct(place, splitter):
    rows = [of("机关支部", 公民身份号码=140105198803010000), of("机关支部", 姓名="张三")]
    job = split(splitter, register(*rows))
    assert people(place.own) == ["张三"]
    assert "请将该列设为文本格式" in reasons(job)[2]
    sheet = load_workbook(BytesIO(job.result.read())).worksheets[0]
    assert [cell.value for cell in sheet[1]][-1] == "错误原因"
    assert sheet.cell(2, 3).value is None  # the rounded number doesn't come back looking like one


def test_corrected_rows_are_added_to_what_waits(place, splitter):
    first = split(splitter, register(of("机关支部", 姓名="王一"), of("机关支部错", 姓名="李二")))
    book = load_workbook(BytesIO(first.result.read()))
    book.worksheets[0]["A2"] = "机关支部"
    file = BytesIO()
    book.save(file)
    again = split(splitter, file.getvalue(), add=True)
    assert people(place.own) == ["王一", "李二"]
    assert (again.report["replaced"], RegisterPart.objects.get(job=first).state) == (1, PartState.MERGED)


def test_a_new_register_replaces_what_waits_and_leaves_nothing_of_it(place, splitter):
    old = split(splitter, register(of("机关支部", 姓名="王一")))
    new = split(admin(place.root), register(of("机关支部", 姓名="李二")))
    part = RegisterPart.objects.get(job=old)
    assert (part.state, part.content_sealed, people(place.own)) == (PartState.REPLACED, None, ["李二"])
    assert new.report["replaced"] == 1


def test_numbers_stand_sealed_and_in_no_report(place, splitter):
    row, bad = of("机关支部"), of("无名支部")
    job = split(splitter, register(row, bad))
    text = bytes(waiting(place.own).content_sealed) + json.dumps(job.report).encode()
    for person in (row, bad):
        assert person["公民身份号码"].encode() not in text and person["手机号码"].encode() not in text


def test_numbers_in_columns_that_slipped_are_masked_in_the_report(splitter):
    row = of("140105198803010021", 姓名="13812345678")
    job = split(splitter, register(row))
    text = json.dumps(job.report)
    assert row[COLUMN] not in text and row["姓名"] not in text
    assert job.report["errors"][0]["value"] == "1401**********0021"
    assert "错误原因" in [cell.value for cell in load_workbook(BytesIO(job.result.read())).worksheets[0][1]]


def test_the_branch_checks_and_imports_by_the_usual_rules(place, splitter, client):
    rows = [
        of("机关支部", 姓名="王一"),
        of("机关支部", 姓名="A"),
        of("机关支部", 姓名="张三", 转正日期=date(2013, 7, 1)),
    ]
    sent = split(splitter, register(*rows))
    keeper = admin(place.own)
    signed_in(client, keeper)
    part = waiting(place.own)
    assert client.get(reverse("members:part", args=[part.uuid])).status_code == 200
    result = client.post(reverse("members:part-check", args=[part.uuid])).url
    check = Job.objects.get(kind="members.check")
    assert client.post(reverse("members:part-check", args=[part.uuid])).url == result  # pressed twice
    run(check.pk)
    check.refresh_from_db()
    assert (check.state, check.report["good"]) == (JobState.DONE, 2)
    assert client.post(result).status_code == 302
    run(Job.objects.get(kind=IMPORT).pk)
    part.refresh_from_db()
    assert (part.state, part.imported, part.rows) == (PartState.IMPORTED, 2, 3)
    assert set(Member.objects.values_list("name", "organization")) == {
        ("王一", place.own.pk),
        ("张三", place.own.pk),
    }
    assert [row["name"] for row in part.lines()] == ["A"]  # what is left to correct
    (todo,) = [todo for todo in todos(keeper) if todo.tag == "名册"]
    assert (todo.title, todo.url) == (
        "上级下发的名册还有 1 行需要改正",
        reverse("members:part", args=[part.uuid]),
    )
    assert "下载需要改正的行" in client.get(todo.url).content.decode()
    signed_in(client, splitter)
    page = client.get(reverse("members:split-result", args=[sent.uuid])).content.decode()
    assert "已导入 2 行，另有 1 行由支部改正" in page


def test_what_was_wholly_imported_is_emptied(place, splitter):
    split(splitter, register(of("机关支部")))
    part, keeper = waiting(place.own), admin(place.own)
    check = check_part(part, actor=keeper)
    run(check.pk)
    job = start_job(IMPORT, title="导入", actor=keeper, params={"check": str(check.uuid)})
    run(job.pk)
    part.refresh_from_db()
    assert (part.state, part.content_sealed) == (PartState.IMPORTED, None)


def test_the_branch_downloads_its_rows_in_the_templates_shape(place, splitter, client):
    row = of("机关支部", 姓名="王一")
    split(splitter, register(row))
    signed_in(client, admin(place.own))
    answer = client.post(reverse("members:part-file", args=[waiting(place.own).uuid]))
    sheet = load_workbook(BytesIO(answer.content)).worksheets[0]
    lines = list(sheet.iter_rows(values_only=True))
    assert [str(cell).removeprefix("* ") for cell in lines[0]] == HEADINGS
    assert lines[1][:2] == ("王一", row["公民身份号码"]) and len(lines) == 2
    assert AuditEntry.objects.filter(verb="register_part.downloaded").count() == 1


def test_a_declined_part_comes_back_to_the_superior_with_its_reason(place, splitter, client):
    job = split(splitter, register(of("机关支部")))
    part, keeper = waiting(place.own), admin(place.own)
    signed_in(client, keeper)
    url = reverse("members:part", args=[part.uuid])
    assert client.post(url, {"reason": " "}).status_code == 422
    assert client.post(url, {"reason": "已自行导入"}).status_code == 302
    part.refresh_from_db()
    assert (part.state, part.content_sealed) == (PartState.DECLINED, None)
    with pytest.raises(RuleError, check=lambda error: error.code == "part_decided"):
        check_part(part, actor=keeper)
    assert "1 个支部退回了名册" in todos(splitter)[0].title
    signed_in(client, splitter)
    page = client.get(reverse("members:split-result", args=[job.uuid]))
    assert "已自行导入" in page.content.decode()
    assert [todo for todo in todos(splitter) if todo.tag == "名册"] == []


def test_the_result_says_who_acts_next(place, splitter, client):
    job = split(splitter, register(of("机关支部"), of("东局党总支/第一支部"), of("西局党总支/第一支部")))
    admin(place.own)
    admin(place.east_first, state="issued")
    signed_in(client, splitter)
    page = client.get(reverse("members:split-result", args=[job.uuid])).content.decode()
    assert "等支部管理员导入" in page
    assert "等支部管理员激活账号" in page
    assert "支部还没有管理员账号" in page


def test_parts_that_nobody_imports_are_emptied_after_their_time(place, splitter):
    split(splitter, register(of("机关支部"), of("东局党总支/第一支部")))
    late = waiting(place.own)
    RegisterPart.objects.filter(pk=late.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    assert (expire_parts(), expire_parts()) == (1, 0)
    late.refresh_from_db()
    assert (late.state, late.content_sealed) == (PartState.EXPIRED, None)
    assert people(place.east_first) == ["李红梅"]


def test_a_branch_admin_cannot_split_even_by_a_job(place):
    job = split(admin(place.own), register(of("机关支部")))
    assert (job.state, job.report["code"], RegisterPart.objects.count()) == (
        JobState.FAILED,
        "not_splitter",
        0,
    )


def test_scope_is_asked_again_when_the_worker_runs(place, splitter):
    """The general branch's admin may hand down to its own branches only, and the branch may have moved since the upload."""
    job = split(admin(place.east), register(of("第一支部", 姓名="王一"), of("机关支部")))
    assert people(place.east_first) == ["王一"]
    assert set(reasons(job)) == {3}


def test_another_branchs_keeper_can_do_nothing_with_a_part(place, splitter):
    split(splitter, register(of("机关支部")))
    stranger = admin(place.east_first)
    for act in (check_part, lambda part, actor: decline_part(part, actor=actor, reason="不要")):
        with pytest.raises(RuleError, check=lambda error: error.code == "not_keeper"):
            act(waiting(place.own), actor=stranger)


def test_a_cancelled_or_broken_split_hands_down_nothing(place, splitter, settings):
    settings.REGISTER_MAX_ROWS = 1
    job = split(splitter, register(of("机关支部"), of("机关支部")))
    assert (job.state, job.report["code"], RegisterPart.objects.count()) == (
        JobState.FAILED,
        "xlsx_too_many_rows",
        0,
    )


def test_more_rows_than_an_import_may_have_are_read(place, splitter, settings):
    settings.XLSX_MAX_ROWS = 1
    split(splitter, register(*(of("机关支部", 姓名=name) for name in ("王一", "李二", "张三"))))
    assert waiting(place.own).rows == 3


def test_a_column_filled_down_by_mistake_is_no_branch(place, splitter, monkeypatch):
    monkeypatch.setattr("members.register_sheet.MOST_ROWS_OF_A_BRANCH", 1)
    job = split(splitter, register(of("机关支部"), of("机关支部")))
    assert set(reasons(job)) == {2, 3} and RegisterPart.objects.count() == 0


def test_adding_has_an_end(place, splitter, monkeypatch):
    monkeypatch.setattr("members.actions.splitting.MOST_ROWS_OF_A_BRANCH", 1)
    split(splitter, register(of("机关支部", 姓名="王一")))
    job = split(splitter, register(of("机关支部", 姓名="李二")), add=True)
    assert (job.report["code"], people(place.own)) == ("part_too_long", ["王一"])
    assert "“机关支部”" in job.message


def test_queries_do_not_grow_with_branches_or_rows(place, splitter):
    def queries(rows: list[dict]) -> int:
        content = register(*rows)
        file = ContentFile(content, "名册.xlsx")
        job = start_job(SPLIT, title="拆分名册", actor=splitter, upload=file)
        with CaptureQueriesContext(connection) as seen:
            run(job.pk)
        return len(seen)

    names = ("东局党总支/第一支部", "西局党总支/第一支部", "机关支部")
    split(splitter, register(*map(of, names)))  # so that each of the two replaces something
    assert queries([of("机关支部")]) == queries([of(name) for name in names for _ in range(3)])


def test_the_upload_page_starts_the_split_and_shows_its_result(place, splitter, client):
    signed_in(client, splitter)
    page = client.get(reverse("members:import")).content.decode()
    assert reverse("members:split") in page and "multipart/form-data" in page
    file = SimpleUploadedFile("名册.xlsx", register(of("机关支部")))
    result = client.post(reverse("members:split"), {"file": file, "mode": "replace"}).url
    assert "正在排队" in client.get(result).content.decode()
    run(Job.objects.get(kind=SPLIT).pk)
    assert "机关支部" in client.get(result).content.decode()
    refused = client.post(
        reverse("members:split"), {"file": SimpleUploadedFile("a.xlsx", b"x"), "mode": "add"}
    )
    assert refused.status_code == 422 and "不是 Excel 工作簿" in refused.content.decode()


@pytest.mark.parametrize("add", [False, True])
def test_branches_go_in_batches_that_fit_into_memory(place, splitter, monkeypatch, add):
    monkeypatch.setattr("members.actions.splitting.ROWS_AT_ONCE", 2)
    names = ("东局党总支/第一支部", "西局党总支/第一支部", "机关支部")
    split(splitter, register(*(of(name, 姓名="王一") for name in names)))
    job = split(splitter, register(*(of(name, 姓名="李二") for name in names)), add=add)
    wanted = ["王一", "李二"] if add else ["李二"]
    assert [people(branch) for branch in (place.east_first, place.west_first, place.own)] == [wanted] * 3
    assert (job.report["replaced"], job.done) == (3, 3)
    assert (
        RegisterPart.objects.filter(
            state=PartState.MERGED if add else PartState.REPLACED, content_sealed__isnull=True
        ).count()
        == 3
    )


def test_a_part_holds_no_text_that_no_column_may_have(place, splitter):
    split(splitter, register(of("机关支部", 工作岗位="长" * 30_000)))
    (row,) = waiting(place.own).lines()
    assert len(row["occupation"]) == LONGEST_TEXT


def test_an_account_that_was_frozen_meanwhile_hands_down_nothing(place, splitter):
    file = ContentFile(register(of("机关支部")), "名册.xlsx")
    job = start_job(SPLIT, title="拆分名册", actor=splitter, upload=file)
    freeze(splitter, reason="核实", actor=admin(place.root))
    run(job.pk)
    job.refresh_from_db()
    assert (job.state, RegisterPart.objects.count()) == (JobState.FAILED, 0)
    assert "已停用" in job.message


def test_where_a_branch_went_is_not_its_former_superiors_to_see(place, splitter, client):
    job = split(splitter, register(of("机关支部"), of("东局党总支/第一支部")))
    cousin = Organization.objects.get(name="大同市委")
    move_organization(place.own, cousin, actor=admin(place.root), reason="隶属关系调整")
    signed_in(client, splitter)
    page = client.get(reverse("members:split-result", args=[job.uuid])).content.decode()
    assert "机关支部" in page and "东局党总支" in page and "大同市委" not in page
