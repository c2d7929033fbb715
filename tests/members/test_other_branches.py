"""A branch imports its own people: rows that name another branch stay outside, and the page says who goes where (F32)."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from members.enums import IMPORT
from members.models import Member
from sanjin.common.jobs import run
from sanjin.common.models import Job

from .registers import of, register
from .workbooks import line, workbook

pytestmark = [pytest.mark.django_db, pytest.mark.promise("F32"), pytest.mark.usefixtures("silent_bell")]


def checked(client, content: bytes) -> tuple[Job, str, str]:
    """The check's job, its address and its page."""
    url = client.post(reverse("members:import"), {"file": SimpleUploadedFile("党员.xlsx", content)}).url
    job = Job.objects.latest("pk")
    run(job.pk)
    job.refresh_from_db()
    return job, url, client.get(url).content.decode()


def test_rows_of_another_branch_are_refused_and_the_own_ones_go_in(tree, keeper, enter):
    client = enter(keeper)
    rows = [of("第一支部"), of("某局党总支/第一支部"), of("第二支部"), of("某局党总支/第二支部"), of("")]
    job, url, page = checked(client, register(*rows))
    assert job.report["counts"] == [["总行数", 5], ["可以导入", 3], ["需要改正", 2]]
    assert {(e["row"], e["column"]) for e in job.report["errors"]} == {(4, "所在党支部"), (5, "所在党支部")}
    assert "不是本支部“第一支部”" in page and "交上级党委" in page
    client.post(url)
    run(Job.objects.get(kind=IMPORT).pk)
    assert Member.objects.filter(organization=tree.own).count() == 3
    assert not Member.objects.exclude(organization=tree.own).exists()


def test_a_name_that_no_branch_has_is_asked_about(tree, keeper, enter):
    job, _, page = checked(enter(keeper), register(of("中共某局第一支部委员会")))
    assert job.report["counts"][1] == ["可以导入", 1]
    assert "请核对是不是本支部的人" in page and "“中共某局第一支部委员会”" in page
    assert "与本支部名称不同，请先核对" in page


def test_the_page_and_its_question_name_branch_and_people(tree, keeper, enter):
    _, _, page = checked(enter(keeper), workbook(line(姓名="王小一"), line(姓名="李小二")))
    assert "将导入到“第一支部”：王小一、李小二 2 人" in page
    assert "将把王小一、李小二共 2 名党员导入“第一支部”。" in page
    assert "请核对是不是本支部的人" not in page and "需要改正的行不导入" not in page
