"""From an uploaded workbook to members, as the worker does it (F29–F32)."""

from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from openpyxl import load_workbook

from members.enums import CHECK, IMPORT
from members.member_sheet import SPEC
from members.models import Member
from sanjin.common.jobs import run, start_job
from sanjin.common.models import AuditEntry, JobState
from sanjin.common.xlsx import write_template

from . import factories
from .workbooks import HEADINGS, line, workbook

pytestmark = pytest.mark.django_db


def started(kind, actor, *, upload=None, **params):
    file = ContentFile(upload, "党员.xlsx") if upload else None
    job = start_job(kind, title="导入党员", actor=actor, params=params, upload=file)
    run(job.pk)
    job.refresh_from_db()
    return job


def check(keeper, content: bytes):
    return started(CHECK, keeper, upload=content)


def reasons(job) -> set[tuple[int, str, str]]:
    return {(e["row"], e["column"], e.get("code", "")) for e in job.report["errors"]}


def test_check_writes_nothing_and_counts_good_and_bad_rows(keeper):
    job = check(keeper, workbook(line(), line(姓名="A"), line()))
    assert (job.state, job.report["counts"]) == (
        JobState.DONE,
        [["总行数", 3], ["可以导入", 2], ["需要改正", 1]],
    )
    assert reasons(job) == {(3, "姓名", "name_shape")}
    assert Member.objects.count() == 0


@pytest.mark.promise("F31")
def test_every_bad_row_is_listed_with_column_and_reason(tree, keeper):
    held = factories.member(tree.sibling)
    known = factories.member(tree.sibling, "王芳")
    rows = [
        line(姓名=""),
        line(公民身份号码="14010519880301001"),
        line(公民身份号码=140105198803010000),
        line(手机号码="", 联系固定电话=""),
        line(手机号码=held.phone),
        line(公民身份号码=known.id_number),
        line(加入党组织日期="2012年13月1日", 手机号码="123"),
        line(人员类别="群众", 转正日期=""),
        line(性别="女"),
    ]
    job = check(keeper, workbook(*rows))
    assert reasons(job) == {
        (2, "姓名", ""),
        (3, "公民身份号码", "id_number_shape"),
        (4, "公民身份号码", ""),
        (5, "手机号码", "account_empty"),
        (6, "手机号码", "phone_taken_elsewhere"),
        (7, "公民身份号码", "person_elsewhere"),
        (8, "加入党组织日期", ""),
        (8, "手机号码", "phone_shape"),
        (9, "人员类别", ""),
        (10, "性别", "sex_conflict"),
    }
    trap = next(e for e in job.report["errors"] if e["row"] == 4)
    assert "请将该列设为文本格式" in trap["reason"]
    values = " ".join(e["value"] for e in job.report["errors"])
    assert held.phone not in values and known.id_number not in values


@pytest.mark.promise("F31")
def test_bad_rows_come_back_as_a_workbook_that_can_be_corrected_and_uploaded(keeper):
    job = check(keeper, workbook(line(), line(姓名="A")))
    book = load_workbook(BytesIO(job.result.read()))
    sheet = book.worksheets[0]
    rows = list(sheet.iter_rows(values_only=True))
    assert len(rows) == 2 and rows[1][0] == "A" and "姓名" in rows[1][-1]
    sheet["A2"] = "李红梅"
    file = BytesIO()
    book.save(file)
    again = check(keeper, file.getvalue())
    assert again.report["good"] == 1


@pytest.mark.promise("F31")
def test_good_rows_are_imported_alone_and_counted_in_the_audit(tree, keeper):
    checked = check(keeper, workbook(line(), line(姓名="A"), line()))
    job = started(IMPORT, keeper, check=str(checked.uuid))
    assert (job.state, job.report["counts"]) == (
        JobState.DONE,
        [["总行数", 3], ["已导入", 2], ["未导入", 1]],
    )
    assert set(Member.objects.values_list("organization", flat=True)) == {tree.own.pk}
    assert Member.objects.incomplete().count() == 2
    assert AuditEntry.objects.get(verb="members.imported").data == {"imported": 2, "refused": 1}


def test_importing_the_same_file_twice_imports_nobody_twice(keeper):
    checked = check(keeper, workbook(line()))
    started(IMPORT, keeper, check=str(checked.uuid))
    again = started(IMPORT, keeper, check=str(checked.uuid))
    assert again.report["counts"] == [["总行数", 1], ["已导入", 0], ["已存在", 1], ["未导入", 0]]
    assert reasons(again) == set()


def test_somebody_elses_upload_cannot_be_imported(keeper, sibling_keeper):
    checked = check(keeper, workbook(line()))
    job = started(IMPORT, sibling_keeper, check=str(checked.uuid))
    assert (job.state, Member.objects.count()) == (JobState.FAILED, 0)


@pytest.mark.promise("F33")
def test_a_committee_cannot_import_even_by_a_job(superior):
    job = check(superior, workbook(line()))
    assert (job.state, job.report["code"]) == (JobState.FAILED, "not_keeper")


@pytest.mark.promise("F32")
def test_the_registers_export_goes_in_with_its_own_headings(keeper):
    headings = [*HEADINGS, "党内职务", "备注"]
    job = check(keeper, workbook(line(备注="x"), headings=headings))
    assert (job.report["good"], job.report["extra"]) == (1, ["党内职务", "备注"])


@pytest.mark.promise("F32")
def test_familiar_names_of_columns_are_understood(keeper):
    renamed = {"公民身份号码": "身份证号", "手机号码": "联系电话", "加入党组织日期": "入党时间"}
    row = {renamed.get(k, k): v for k, v in line().items()}
    assert check(keeper, workbook(row, headings=list(row))).report["good"] == 1


@pytest.mark.promise("F31", "F32")
def test_missing_columns_are_named(keeper):
    row = {"姓名": "李红梅", "手机号码": "15400000001"}
    job = check(keeper, workbook(row, headings=list(row)))
    assert job.state == JobState.FAILED
    assert "公民身份号码" in job.message and "加入党组织日期" in job.message


def test_the_template_itself_has_no_row_to_import(keeper):
    job = check(keeper, write_template(SPEC))
    assert (job.state, job.report["code"]) == (JobState.FAILED, "xlsx_empty")


def test_a_changed_example_is_never_imported_by_accident(keeper):
    book = load_workbook(BytesIO(write_template(SPEC)))
    book.worksheets[0]["A2"] = "李红梅"
    file = BytesIO()
    book.save(file)
    assert reasons(check(keeper, file.getvalue())) == {(2, "公民身份号码", "id_number_check")}
