"""F32: whoever is a member of the branch already brings it no work, and what was not imported is not forgotten."""

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from members.actions.parts import check_part, decline_part
from members.enums import IMPORT, PartState
from members.models import Member, RegisterPart
from members.todos import todos
from sanjin.common.errors import RuleError
from sanjin.common.jobs import run, start_job
from sanjin.common.models import AuditEntry, Job
from tests.factories import admin, signed_in
from tests.members import factories
from tests.members.registers import of, people, register, split, waiting

pytestmark = [pytest.mark.django_db, pytest.mark.promise("F32")]


@pytest.fixture
def keeper(place):
    return admin(place.own)


def join(branch, row: dict) -> Member:
    """The row's person becomes a member of the branch."""
    return factories.member(branch, row["姓名"], id_number=row["公民身份号码"])


def checked(part: RegisterPart, keeper) -> Job:
    job = check_part(part, actor=keeper)
    run(job.pk)
    job.refresh_from_db()
    return job


def imported(part: RegisterPart, keeper) -> Job:
    check = checked(part, keeper)
    job = start_job(IMPORT, title="导入", actor=keeper, params={"check": str(check.uuid)})
    run(job.pk)
    job.refresh_from_db()
    part.refresh_from_db()
    return job


def of_registers(account) -> list[str]:
    return [todo.title for todo in todos(account) if todo.tag == "名册"]


def test_a_register_uploaded_again_gives_a_branch_that_is_done_no_work(place, splitter, keeper):
    rows = [of("机关支部", 姓名="王一"), of("机关支部", 姓名="李二"), of("东局党总支/第一支部", 姓名="张三")]
    split(splitter, register(*rows))
    imported(waiting(place.own), keeper)
    again = split(splitter, register(*rows))
    assert again.report["counts"] == [
        ["总行数", 3],
        ["已下发", 1],
        ["已存在", 2],
        ["支部", 1],
        ["需要改正", 0],
    ]
    assert of_registers(keeper) == []
    assert people(place.east_first) == ["张三"]


def test_only_new_people_of_a_branch_are_handed_down(place, splitter):
    old, new = of("机关支部", 姓名="王一"), of("机关支部", 姓名="李二")
    join(place.own, old)
    old["公民身份号码"] = f" {old['公民身份号码'].lower()} "
    split(splitter, register(old, new))
    assert people(place.own) == ["李二"]


def test_a_member_of_another_branch_is_handed_down_and_the_check_says_where(place, splitter, keeper):
    row = of("机关支部", 姓名="王一")
    join(place.foreign, row)
    split(splitter, register(row))
    (error,) = checked(waiting(place.own), keeper).report["errors"]
    assert error["code"] == "person_elsewhere"


def test_who_is_in_the_recycle_bin_is_no_member(place, splitter):
    row = of("机关支部", 姓名="王一")
    member = join(place.own, row)
    Member.objects.filter(pk=member.pk).update(state="recycled")
    split(splitter, register(row))
    assert people(place.own) == ["王一"]


def test_a_whole_register_replaces_what_waits_even_if_all_are_members_by_now(place, splitter, keeper):
    row = of("机关支部", 姓名="王一")
    first = split(splitter, register(row))
    join(place.own, row)
    split(splitter, register(row))
    part = RegisterPart.objects.get(job=first)
    assert (part.state, part.content_sealed, of_registers(keeper)) == (PartState.REPLACED, None, [])


def test_a_part_of_members_only_is_closed_by_its_check(place, splitter, keeper, client):
    row = of("机关支部", 姓名="王一", 手机号码="12")  # its own mistakes don't matter any more
    sent = split(splitter, register(row))
    join(place.own, row)
    part = waiting(place.own)
    job = checked(part, keeper)
    assert job.report["counts"] == [
        ["总行数", 1],
        ["可以导入", 0],
        ["已存在", 1],
        ["需要改正", 0],
    ]
    assert job.report["errors"] == []
    part.refresh_from_db()
    assert (part.state, part.imported, part.already, part.content_sealed) == (PartState.IMPORTED, 0, 1, None)
    assert of_registers(keeper) == []
    assert AuditEntry.objects.filter(verb="register_part.closed").count() == 1
    signed_in(client, keeper)
    page = client.get(reverse("members:import-result", args=[job.uuid])).content.decode()
    assert "无需导入，这份名册已办结" in page and "没有可以导入的行" not in page
    assert (
        "无需导入，这份名册已办结" in client.get(reverse("members:part", args=[part.uuid])).content.decode()
    )
    signed_in(client, splitter)
    assert (
        "党员都已在本支部，无需导入"
        in client.get(reverse("members:split-result", args=[sent.uuid])).content.decode()
    )


def test_members_are_counted_apart_from_rows_to_import_and_to_correct(place, splitter, keeper):
    here, good, bad = (of("机关支部", 姓名=name) for name in ("王一", "李二", "A"))
    split(splitter, register(here, good, bad))
    join(place.own, here)
    part = waiting(place.own)
    job = imported(part, keeper)
    assert job.report["counts"] == [
        ["总行数", 3],
        ["已导入", 1],
        ["已存在", 1],
        ["未导入", 1],
    ]
    assert (part.imported, part.already, part.left) == (1, 1, 1)
    assert [line["name"] for line in part.lines()] == ["A"]


def test_rows_to_correct_stay_in_the_todo_until_they_are_members_and_checked(place, splitter, keeper):
    good, bad = of("机关支部", 姓名="李二"), of("机关支部", 姓名="A")
    split(splitter, register(good, bad))
    part = waiting(place.own)
    imported(part, keeper)
    assert of_registers(keeper) == ["上级下发的名册还有 1 行需要改正"]
    assert checked(part, keeper).report["good"] == 0
    assert of_registers(keeper) == ["上级下发的名册还有 1 行需要改正"]
    join(place.own, bad | {"姓名": "安明"})
    checked(part, keeper)
    part.refresh_from_db()
    assert (of_registers(keeper), part.imported, part.already) == ([], 1, 1)


def test_rows_to_correct_may_be_declined(place, splitter, keeper):
    split(splitter, register(of("机关支部", 姓名="李二"), of("机关支部", 姓名="A")))
    part = waiting(place.own)
    imported(part, keeper)
    decline_part(part, actor=keeper, reason="不是本支部的")
    assert of_registers(keeper) == []
    assert "1 个支部退回了名册" in of_registers(splitter)[0]
    with pytest.raises(RuleError, check=lambda error: error.code == "part_decided"):
        check_part(part, actor=keeper)


def test_a_new_register_takes_the_place_of_rows_to_correct(place, splitter, keeper):
    rows = [of("机关支部", 姓名="李二"), of("机关支部", 姓名="A")]
    split(splitter, register(*rows))
    imported(waiting(place.own), keeper)
    split(splitter, register(rows[0], rows[1] | {"姓名": "安明"}))
    assert (of_registers(keeper), people(place.own)) == (["上级拆分下发的名册 1 行，待导入"], ["安明"])
    imported(waiting(place.own), keeper)
    assert of_registers(keeper) == []


def test_an_own_workbook_uploaded_again_asks_for_nothing(place, keeper, client):
    row, other = of("机关支部", 姓名="王一"), of("机关支部", 姓名="李二")
    member, _ = join(place.own, row), join(place.own, other | {"姓名": "李三"})
    job = start_job(
        "members.check", title="检查", actor=keeper, upload=ContentFile(register(row, other), "a.xlsx")
    )
    run(job.pk)
    job.refresh_from_db()
    assert job.report["counts"] == [["总行数", 2], ["可以导入", 0], ["已存在", 2], ["需要改正", 0]]
    assert (job.report["errors"], job.failed, bool(job.result)) == ([], 0, False)
    # who has the number under another name is worth a look
    assert [(each["row"], "李三" in each["reason"]) for each in job.report["warnings"]] == [(3, True)]
    signed_in(client, keeper)
    page = client.get(reverse("members:import-result", args=[job.uuid])).content.decode()
    assert "不需要处理" in page and "没有可以导入的行" not in page and "下载需要改正的行" not in page
    assert reverse("members:detail", args=[member.uuid]) in page
