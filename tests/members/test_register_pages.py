"""The pages of a superior's register and of its parts: every next step is one click away (F32, F33)."""

import re

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from members.enums import CHECK, PartState
from members.models import RegisterPart
from organizations.enums import Nature
from sanjin.common.jobs import run, start_job
from sanjin.common.models import Job
from tests.factories import admin, organization, signed_in

from .registers import of, register, split, waiting
from .workbooks import line, workbook

pytestmark = pytest.mark.django_db


def text_of(client, name: str, *args) -> str:
    answer = client.get(reverse(name, args=args))
    assert answer.status_code == 200
    return answer.content.decode()


def link(page: str, label: str) -> str:
    """Where the link with these words leads."""
    found = re.search(rf'<a [^>]*href="([^"]+)"[^>]*>(?:<svg.*?</svg>)?{label}</a>', page, re.DOTALL)
    assert found, label
    return found[1]


@pytest.mark.parametrize(("rows", "label"), [([of("机关支部")], "再上传名册"), ([line()], "重新上传")])
def test_the_result_of_a_split_leads_back_to_the_upload(splitter, client, rows, label):
    content = register(*rows) if label == "再上传名册" else workbook(*rows)
    job = split(splitter, content)
    signed_in(client, splitter)
    page = client.get(link(text_of(client, "members:split-result", job.uuid), label))
    assert "上传并拆分" in page.content.decode()


@pytest.mark.parametrize("content", [workbook(line()), b"no workbook"])
def test_the_result_of_a_check_leads_back_to_the_upload(place, client, content):
    keeper = admin(place.own)
    job = start_job(CHECK, title="检查", actor=keeper, upload=ContentFile(content, "a.xlsx"))
    run(job.pk)
    signed_in(client, keeper)
    page = client.get(link(text_of(client, "members:import-result", job.uuid), "重新上传"))
    assert "上传并检查" in page.content.decode()


def test_rows_that_are_added_are_said_to_be_merged(place, splitter, client):
    first = split(splitter, register(of("机关支部", 姓名="王一"), of("机关支部", 姓名="李二")))
    again = split(splitter, register(of("机关支部", 姓名="张三")), add=True)
    assert ["并入的原有行", 2] in again.report["counts"]
    signed_in(client, splitter)
    page = text_of(client, "members:split-result", again.uuid)
    assert "已并入，共 3 行（本次新增 1 行）" in page and "由这次的替换" not in page
    old = text_of(client, "members:split-result", first.uuid)
    assert "已并入新名册" in old
    assert link(old, "看后一次的结果") == reverse("members:split-result", args=[again.uuid])
    signed_in(client, admin(place.own))
    mine = text_of(client, "members:part", RegisterPart.objects.get(job=first).uuid)
    assert link(mine, "查看新的名册") == reverse("members:part", args=[waiting(place.own).uuid])


def test_the_next_step_is_one_click_away_for_who_may_take_it(place, splitter, client):
    rows = [of("机关支部"), of("东局党总支/第一支部")]
    job = split(splitter, register(*rows))
    issued = admin(place.own, state="issued")
    signed_in(client, splitter)
    page = text_of(client, "members:split-result", job.uuid)
    assert link(page, "生成管理员账号") == reverse("accounts:generate")
    assert client.get(link(page, "查看账号")).context["subject"] == issued
    general = admin(place.east)
    job = split(general, register(of("第一支部")))
    signed_in(client, general)
    page = text_of(client, "members:split-result", job.uuid)
    assert "由直属上级党委生成" in page and reverse("accounts:generate") not in page


def test_another_superiors_later_register_is_not_linked(place, splitter, client):
    first = split(splitter, register(of("机关支部", 姓名="王一")))
    split(admin(place.root), register(of("机关支部", 姓名="李二")))
    signed_in(client, splitter)
    page = text_of(client, "members:split-result", first.uuid)
    assert "以后一次拆分为准" in page and "看后一次的结果" not in page


def test_declining_asks_first_and_the_deadline_is_a_sentence(place, splitter, client):
    split(splitter, register(of("机关支部")))
    part = waiting(place.own)
    signed_in(client, admin(place.own))
    page = text_of(client, "members:part", part.uuid)
    assert re.search(r"将把 1 行退回“太原市委”", re.search(r'data-confirm="([^"]+)"', page)[1])
    assert "逾期自动清理。" in page and "保存到" not in page


def test_a_part_that_was_emptied_after_a_partial_import_says_so(place, splitter, client):
    split(splitter, register(of("机关支部")))
    part = waiting(place.own)
    RegisterPart.objects.filter(pk=part.pk).update(state=PartState.IMPORTED, content_sealed=None)
    signed_in(client, admin(place.own))
    assert "没有导入的 1 行已经清理" in text_of(client, "members:part", part.uuid)


def test_without_branches_the_structure_comes_first(client, place):
    empty = admin(organization("新市委", below=place.root))
    signed_in(client, empty)
    page = text_of(client, "members:import")
    assert link(page, "导入组织架构") == reverse("organizations:import")
    assert "所有支部都已导入" not in page and 'type="file"' not in page
    general = admin(organization("新党总支", nature=Nature.GENERAL_BRANCH, below=empty.organization))
    signed_in(client, general)
    page = text_of(client, "members:import")
    assert "请联系上级党委" in page and 'type="file"' not in page
    assert Job.objects.count() == 0
