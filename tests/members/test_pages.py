"""The pages of members: who sees what, constant queries, sums that add up (F22–F24, F33, F36, F38)."""

import re
from datetime import date
from io import BytesIO
from urllib.parse import urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook
from PIL import Image

from accounts.actions.guard import UNKNOWN, standing, take
from members.actions.returns import decline_return, request_return
from members.models import Member, MemberPost, PhoneReturn, Post
from members.queries.search import found_for_search
from members.todos import todos
from members.views.listing import COLUMNS
from sanjin.common.jobs import run as run_job
from sanjin.common.models import AuditEntry, Job, JobState

from . import factories
from .workbooks import line, workbook

pytestmark = pytest.mark.django_db
SINCE = date(2020, 1, 1)


def photo(size=(413, 579), kind="JPEG") -> SimpleUploadedFile:
    file = BytesIO()
    Image.new("RGB", size, "red").save(file, kind)
    return SimpleUploadedFile("照片.jpg", file.getvalue(), "image/jpeg")


def filled(**changes):
    usual = {
        "name": "李红梅",
        "id_number": factories.id_number(born=date(1988, 3, 1)),
        "phone": factories.phone(),
        "kind": "full",
        "joined_on": "2012-07-01",
        "full_on": "2013-07-01",
        "photo": photo(),
        "pledged_on": "2026-01-01",
        "state": "normal",
    }
    return {k: v for k, v in (usual | changes).items() if v is not None}


def names_in(response) -> list[str]:
    return [row.name for row, _ in response.context["listing"].rows]


def test_list_shows_each_admin_its_own_scope(tree, keeper, sibling_keeper, superior, enter):
    factories.member(tree.own, "张建国")
    factories.member(tree.sibling, "王芳")
    cousin = factories.admin(tree.cousin)
    url = reverse("members:list")
    assert names_in(enter(keeper).get(url)) == ["张建国"]
    assert names_in(enter(sibling_keeper).get(url)) == ["王芳"]
    assert names_in(enter(superior).get(url)) == ["王芳", "张建国"]
    assert names_in(enter(cousin).get(url)) == []


def test_list_filters_by_an_organisation_inside_the_scope_only(tree, keeper, superior, enter):
    factories.member(tree.own, "张建国")
    factories.member(tree.sibling, "王芳")
    assert names_in(enter(superior).get(reverse("members:list"), {"organization": tree.own.uuid})) == [
        "张建国"
    ]
    assert names_in(enter(keeper).get(reverse("members:list"), {"organization": tree.city.uuid})) == []


def test_list_costs_the_same_queries_for_1_and_for_3_rows(tree, keeper, enter):
    client, counts = enter(keeper), []
    post = Post.objects.get(nature="branch", name="委员")
    for rows in (1, 2):
        for _ in range(rows):
            with_post(tree.own, post)
        counts.append(queries_of(lambda: client.get(reverse("members:list"))))
    assert counts[0] == counts[1] <= 14


def with_post(branch, post: Post) -> None:
    held = factories.member(branch)
    MemberPost.objects.create(member=held, post=post, organization=branch, exclusive=False, since=SINCE)


def queries_of(work) -> int:
    with CaptureQueriesContext(connection) as queries:
        work()
    return len(queries)


def test_all_columns_cost_the_same_queries_for_1_and_for_3_rows(tree, keeper, enter):
    """`READ` names what the columns show: a field forgotten there would be fetched again for each row."""
    client, post = enter(keeper), Post.objects.get(nature="branch", name="委员")
    query = urlencode({"col": [column.key for column in COLUMNS]}, doseq=True)

    def export() -> None:
        client.post(f"{reverse('members:export')}?{query}")
        job = Job.objects.latest("pk")
        assert len(job.params["columns"]) == len(COLUMNS)
        run_job(job.pk)

    costs = []
    for rows in (1, 2):
        for _ in range(rows):
            with_post(tree.own, post)
        listed = queries_of(lambda: client.get(f"{reverse('members:list')}?{query}"))
        costs.append((listed, queries_of(export)))
    assert costs[0] == costs[1]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("张", ["张建国"]),
        ("zhangjian", ["张建国"]),
        ("zjg", ["张建国"]),
        ("单", ["单春梅"]),
        ("shan", ["单春梅"]),
        ("danchun", ["单春梅"]),
        ("dcm", ["单春梅"]),
        ("建国", []),
        ("%", []),
        ("_", []),
        ("'; DROP", []),
        ("\0", []),
        ("15400000000", []),
    ],
)
def test_search_by_name_pinyin_and_initials(tree, keeper, enter, text, names):
    factories.member(tree.own, "张建国")
    factories.member(tree.own, "单春梅")
    assert names_in(enter(keeper).get(reverse("members:list"), {"q": text})) == names


def test_search_by_a_whole_number_finds_its_holder(tree, keeper, enter):
    member = factories.member(tree.own, "张建国")
    factories.member(tree.own, "王芳")
    client = enter(keeper)
    for text in (member.phone, member.id_number, f" {member.id_number.lower()} "):
        assert names_in(client.get(reverse("members:list"), {"q": text})) == ["张建国"]
    assert names_in(client.get(reverse("members:list"), {"q": member.phone[:7]})) == []


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({"complete": "no"}, ["李缺"]),
        ({"complete": "yes"}, ["钱备", "王芳", "赵老"]),
        ({"age": "60+"}, ["赵老"]),
        ({"sex": "female"}, ["王芳"]),
        ({"kind": "probationary"}, ["钱备"]),
        ({"flag": "no_phone"}, ["赵老"]),
        ({"flag": "lost"}, ["钱备"]),
        ({"sex": "nonsense"}, []),
    ],
)
def test_filters(tree, keeper, enter, query, names):
    done = {"photo": "x.jpg", "pledged_on": date(2026, 1, 1)}

    def make(name, **values):
        member = factories.member(tree.own, name, **values)
        Member.objects.filter(pk=member.pk).update(**done)

    factories.member(tree.own, "李缺")
    make("王芳", sex="female")
    make("赵老", birth_date=date(1950, 1, 1), phone="")
    make("钱备", kind="probationary", full_on=None, lost_contact=True)
    response = enter(keeper).get(reverse("members:list"), query)
    found = names_in(response) if response.context["listing"].filter.is_valid() else []
    assert found == names


@pytest.mark.promise("F38")
def test_men_women_and_unknown_add_up_to_the_count_and_open_their_lists(tree, keeper, enter):
    for sex in ("male", "male", "female", "unknown"):
        factories.member(tree.own, sex=sex)
    client = enter(keeper)
    response = client.get(reverse("members:list"))
    parts = response.context["parts"]
    assert {p["label"]: p["count"] for p in parts} == {"男": 2, "女": 1, "未知": 1}
    assert sum(p["count"] for p in parts) == response.context["listing"].page.paginator.count
    for part in parts:
        opened = client.get(reverse("members:list") + part["href"])
        assert opened.context["listing"].page.paginator.count == part["count"]


def test_list_masks_every_number(tree, keeper, enter):
    member = factories.member(tree.own)
    text = enter(keeper).get(reverse("members:list")).content.decode()
    assert member.phone not in text and member.id_number not in text
    assert f"{member.phone[:3]}****{member.phone[-4:]}" in text


@pytest.mark.parametrize(
    ("who", "see", "change"),
    [("keeper", 200, 200), ("sibling_keeper", 404, 404), ("superior", 200, 403)],
)
def test_who_may_see_and_change_a_record(tree, request, enter, who, see, change):
    member = factories.member(tree.own)
    client = enter(request.getfixturevalue(who))
    assert client.get(reverse("members:detail", args=[member.uuid])).status_code == see
    assert client.get(reverse("members:edit", args=[member.uuid])).status_code == change
    assert client.post(reverse("members:recycle", args=[member.uuid]), {"reason": "x"}).status_code in (
        (302,) if change == 200 else (change,)
    )
    member.refresh_from_db()
    assert (member.state == "recycled") == (change == 200)


def test_full_numbers_need_a_reason_and_stand_in_the_audit(tree, keeper, enter):
    member = factories.member(tree.own)
    client = enter(keeper)
    url = reverse("members:numbers", args=[member.uuid])
    refused = client.post(url, {"reason": ""})
    assert (refused.status_code, member.phone in refused.content.decode()) == (422, False)
    shown = client.post(url, {"reason": "核对缴费信息"})
    assert member.phone in shown.content.decode() and member.id_number in shown.content.decode()
    assert "no-store" in shown["Cache-Control"]
    entry = AuditEntry.objects.get(verb="member.numbers_read")
    assert (entry.actor, entry.subject_id, entry.reason) == (keeper, member.pk, "核对缴费信息")


@pytest.mark.promise("F22")
def test_required_fields_are_marked_and_all_errors_come_at_once(keeper, enter):
    client = enter(keeper)
    page = client.get(reverse("members:add")).content.decode()
    marked = set(re.findall(r'for="id_(\w+)">[^<]*<span class="field-must"', page))
    assert marked >= {"name", "id_number", "phone", "joined_on", "photo", "pledged_on"}
    refused = client.post(reverse("members:add"), {"kind": "full", "state": "normal"})
    assert refused.status_code == 422
    wanted = ["name", "id_number", "phone", "joined_on", "photo", "pledged_on"]
    assert list(refused.context["form"].errors) == wanted


def test_add_saves_record_photo_and_account(tree, keeper, enter):
    data = filled()
    response = enter(keeper).post(reverse("members:add"), data)
    member = Member.objects.get()
    assert response.url == reverse("members:detail", args=[member.uuid])
    assert (member.organization, member.account_name, member.sex) == (tree.own, data["phone"], "male")
    assert member.photo.name.endswith(".jpg")
    assert enter(keeper).get(reverse("members:photo", args=[member.uuid])).status_code == 200
    assert AuditEntry.objects.get(verb="member.added").subject_id == member.pk


@pytest.mark.parametrize(
    ("picture", "word"),
    [
        (photo((200, 280)), "至少应为 413×579"),
        (photo((600, 600)), "比例"),
        (SimpleUploadedFile("a.jpg", b"GIF89a" + b"0" * 100, "image/jpeg"), "JPG 或 PNG"),
        (SimpleUploadedFile("a.jpg", b"\xff" * (2 * 1024 * 1024 + 1), "image/jpeg"), "超过 2 MB"),
    ],
)
def test_a_wrong_photo_is_refused_with_its_failure(keeper, enter, picture, word):
    response = enter(keeper).post(reverse("members:add"), filled(photo=picture))
    assert word in str(response.context["form"].errors["photo"])
    assert Member.objects.count() == 0


@pytest.mark.promise("F23", "F24")
def test_a_phone_held_elsewhere_is_asked_for_corrected_and_told(tree, keeper, sibling_keeper, enter):
    holder = factories.member(tree.sibling, "张建国")
    number = holder.phone
    refused = enter(keeper).post(reverse("members:add"), filled(phone=number))
    assert "【第二支部】的 张* " in str(refused.context["form"].errors["phone"])
    assert "申请归还手机号" in refused.content.decode()
    enter(keeper).post(reverse("members:return-ask"), {"offer": refused.context["form"].offer})
    asked = PhoneReturn.objects.get()
    assert (asked.holder, asked.asking, asked.asked_for) == (holder, tree.own, "李红梅")
    # Who asked from which address is the asking branch's business: the other one has its to-do.
    assert AuditEntry.objects.get(verb="phone_return.requested").organization_id == tree.own.pk

    client = enter(sibling_keeper)
    listed = client.get(reverse("members:returns")).content.decode()
    assert "李红梅" in listed and 'aria-label="党员管理"' in listed
    page = client.get(reverse("members:return", args=[asked.uuid])).content.decode()
    assert "李红梅" in page and "张建国" in page and number not in page
    edited = {"phone": factories.phone(), "name": "张建国", "kind": "full", "state": "normal"}
    edited |= {"joined_on": "2012-07-01", "full_on": "2013-07-01"}
    assert client.post(reverse("members:edit", args=[holder.uuid]), edited).status_code == 302
    asked.refresh_from_db()
    assert asked.state == "done"

    assert enter(keeper).post(reverse("members:add"), filled(phone=number)).status_code == 302


@pytest.mark.promise("F24")
def test_the_holding_branch_may_say_why_not(tree, keeper, sibling_keeper, enter):
    holder = factories.member(tree.sibling)
    refused = enter(keeper).post(reverse("members:add"), filled(phone=holder.phone))
    enter(keeper).post(reverse("members:return-ask"), {"offer": refused.context["form"].offer})
    url = reverse("members:return", args=[PhoneReturn.objects.get().uuid])
    assert enter(sibling_keeper).post(url, {"reason": ""}).status_code == 422
    assert enter(sibling_keeper).post(url, {"reason": "确系本人使用"}).status_code == 302
    assert "确系本人使用" in enter(keeper).get(url).content.decode()


def test_a_number_that_was_never_refused_cannot_be_asked_for(keeper, enter):
    response = enter(keeper).post(reverse("members:return-ask"), {"offer": "forged"})
    assert (response.status_code, PhoneReturn.objects.count()) == (400, 0)


@pytest.mark.promise("F28")
def test_a_person_of_another_branch_is_not_added_twice(tree, keeper, enter):
    known = factories.member(tree.sibling)
    refused = enter(keeper).post(reverse("members:add"), filled(id_number=known.id_number))
    assert "【第二支部】" in str(refused.context["form"].errors["id_number"])
    assert "组织关系转接" in str(refused.context["form"].errors["id_number"])


def test_edit_keeps_sealed_values_that_are_left_empty(tree, keeper, enter):
    member = factories.member(tree.own, address="迎泽大街1号")
    page = enter(keeper).get(reverse("members:edit", args=[member.uuid])).content.decode()
    assert member.phone not in page and member.id_number not in page and "迎泽大街1号" not in page
    data = {
        "name": "张建军",
        "kind": "full",
        "state": "normal",
        "joined_on": "2012-07-01",
        "full_on": "2013-07-01",
    }
    enter(keeper).post(reverse("members:edit", args=[member.uuid]), data)
    after = Member.objects.get()
    assert (after.name, after.phone, after.id_number, after.address) == (
        "张建军",
        member.phone,
        member.id_number,
        "迎泽大街1号",
    )
    assert after.name_key == "zhangjianjun"


def test_a_corrected_name_is_the_accounts_name_too(tree, keeper, enter):
    member = factories.member(tree.own, "张建国", login=True)
    data = {"name": "张建军", "kind": "full", "state": "normal", "joined_on": "2012-07-01"}
    client = enter(keeper)
    url = reverse("members:edit", args=[member.uuid])
    assert client.post(url, data | {"full_on": "2013-07-01"}).status_code == 302
    member.account.refresh_from_db()
    assert (member.account.display_name, member.account.audit_label) == ("张建军", "张建军")


def test_edit_moves_the_account_with_the_phone_and_empties_by_the_word(tree, keeper, enter):
    member = factories.member(tree.own, birth_date=date(1950, 1, 1))
    data = {
        "name": "张建国",
        "kind": "full",
        "state": "normal",
        "joined_on": "1980-07-01",
        "full_on": "1981-07-01",
    }
    url = reverse("members:edit", args=[member.uuid])
    number = factories.phone()
    enter(keeper).post(url, data | {"phone": number})
    assert Member.objects.get().account_name == number
    enter(keeper).post(url, data | {"phone": "无"})
    after = Member.objects.get()
    assert (after.phone, after.account_name) == ("", member.id_number[-11:])


def test_a_replaced_photo_is_deleted(tree, keeper, enter, files, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        enter(keeper).post(reverse("members:add"), filled())
    before = Member.objects.get()
    data = filled(id_number=None, phone=None)
    with django_capture_on_commit_callbacks(execute=True):
        enter(keeper).post(reverse("members:edit", args=[before.uuid]), data)
    after = Member.objects.get()
    assert after.photo.name != before.photo.name
    assert [path.name for path in files.rglob("*.jpg")] == [after.photo.name.split("/")[-1]]


def test_recycle_frees_the_numbers_and_restore_brings_back(tree, keeper, enter):
    member = factories.member(tree.own)
    client = enter(keeper)
    client.post(reverse("members:recycle", args=[member.uuid]), {"reason": "重复录入"})
    assert names_in(client.get(reverse("members:list"))) == []
    assert names_in(client.get(reverse("members:bin"))) == ["张建国"]
    client.post(reverse("members:restore", args=[member.uuid]))
    assert names_in(client.get(reverse("members:list"))) == ["张建国"]


def test_restore_is_refused_when_the_number_has_another_holder(tree, keeper, enter):
    member = factories.member(tree.own)
    client = enter(keeper)
    client.post(reverse("members:recycle", args=[member.uuid]), {"reason": "录错"})
    factories.member(tree.sibling, phone=member.phone)
    refused = client.post(reverse("members:restore", args=[member.uuid]))
    assert refused.status_code == 409 and "已被别人使用" in refused.content.decode()
    member.refresh_from_db()
    assert member.state == "recycled"


def test_a_reason_that_is_missing_is_asked_for_beside_its_field(tree, keeper, enter):
    member = factories.member(tree.own)
    client = enter(keeper)
    for name, form in (("recycle", "recycle_form"), ("numbers", "reason_form")):
        page = client.post(reverse(f"members:{name}", args=[member.uuid]), {"reason": " "})
        assert (page.status_code, list(page.context[form].errors)) == (422, ["reason"])
        assert "没有填写原因" in page.content.decode()
    member.refresh_from_db()
    assert member.state == "normal"


def test_what_cannot_be_done_again_says_so_on_a_page_of_its_own(tree, keeper, enter):
    member = factories.member(tree.own)
    client = enter(keeper)
    for status in (302, 409):
        page = client.post(reverse("members:recycle", args=[member.uuid]), {"reason": "录错"})
        assert page.status_code == status
    assert "已在回收站" in page.content.decode()
    for status in (302, 409):
        assert client.post(reverse("members:restore", args=[member.uuid])).status_code == status


def test_a_post_that_has_ended_is_not_withdrawn_again(tree, keeper, enter):
    post = Post.objects.get(nature="branch", name="委员")
    with_post(tree.own, post)
    held = MemberPost.objects.get()
    url = reverse("members:withdraw", args=[held.member.uuid, held.uuid])
    client = enter(keeper)
    assert client.post(url).status_code == 302
    refused = client.post(url)
    assert refused.status_code == 409 and "已经免去" in refused.content.decode()


def test_an_edit_brings_nobody_back_from_the_recycle_bin(tree, keeper, enter):
    member = factories.member(tree.own)
    client = enter(keeper)
    client.post(reverse("members:recycle", args=[member.uuid]), {"reason": "重复录入"})
    data = {
        "name": "张建军",
        "kind": "full",
        "state": "normal",
        "joined_on": "2012-07-01",
        "full_on": "2013-07-01",
    }
    client.post(reverse("members:edit", args=[member.uuid]), data)
    member.refresh_from_db()
    assert (member.state, member.name) == ("recycled", "张建国")


@pytest.mark.promise("F35")
@pytest.mark.parametrize("action", ["unlock", "slip"])
def test_who_is_in_the_recycle_bin_lifts_no_lock_of_the_numbers_new_holder(tree, keeper, enter, action):
    """The lock belongs to the login name, which has gone to a person of another branch."""
    gone = factories.member(tree.own)
    client = enter(keeper)
    client.post(reverse("members:recycle", args=[gone.uuid]), {"reason": "号码已换"})
    holder = factories.member(tree.sibling, phone=gone.phone)
    key = bytes(holder.account_name_index)
    for _ in range(5):
        take(key, UNKNOWN, most=5, window=3600, lock=3600)
    client.post(reverse(f"members:{action}", args=[gone.uuid]))
    assert standing(key, UNKNOWN)[1]


@pytest.mark.promise("F36")
def test_a_branch_has_one_secretary(tree, keeper, enter):
    first, second = factories.member(tree.own, "张建国"), factories.member(tree.own, "王芳")
    secretary = Post.objects.get(nature="branch", name="书记")
    client = enter(keeper)
    data = {"post": secretary.pk, "since": "2026-01-01"}
    assert client.post(reverse("members:assign", args=[first.uuid]), data).status_code == 302
    refused = client.post(reverse("members:assign", args=[second.uuid]), data)
    assert "现在是张建国" in str(refused.context["form"].errors["post"])
    held = MemberPost.objects.get()
    client.post(reverse("members:withdraw", args=[first.uuid, held.uuid]))
    assert client.post(reverse("members:assign", args=[second.uuid]), data).status_code == 302


@pytest.mark.promise("F36")
def test_a_post_is_assigned_from_the_list(tree, keeper, enter):
    member = factories.member(tree.own)
    response = enter(keeper).post(reverse("members:assign-selected"), {"selected": [member.pk]})
    assert response.url == reverse("members:assign", args=[member.uuid])


@pytest.mark.promise("F37")
def test_posts_offered_fit_the_nature(tree, keeper, superior, enter):
    member = factories.member(tree.own)
    url = reverse("members:assign", args=[member.uuid])
    own = {p.nature for p in enter(keeper).get(url).context["form"].fields["post"].queryset}
    above = {p.nature for p in enter(superior).get(url).context["form"].fields["post"].queryset}
    assert (own, above) == ({"branch"}, {"committee"})


@pytest.mark.promise("F33")
def test_a_committee_sees_why_it_cannot_import_and_how_far_its_branches_are(tree, superior, enter):
    factories.member(tree.own)
    client = enter(superior)
    page = client.get(reverse("members:import"))
    assert (page.context["done"], page.context["total"]) == (1, 2)
    assert "只能由支部管理员导入" in page.content.decode()
    assert client.post(reverse("members:import"), {}).status_code == 403
    assert Job.objects.count() == 0


@pytest.mark.promise("F31", "F32")
def test_upload_check_preview_and_confirm(tree, keeper, enter, django_capture_on_commit_callbacks):

    held = factories.member(tree.sibling)
    content = workbook(line(), line(姓名="王芳", 手机号码=held.phone))
    client = enter(keeper)
    upload = SimpleUploadedFile("党员.xlsx", content)
    url = client.post(reverse("members:import"), {"file": upload}).url
    assert "正在排队" in client.get(url).content.decode()
    check = Job.objects.get()
    run_job(check.pk)
    page = client.get(url).content.decode()
    assert "确认导入 1 行" in page and "申请归还手机号" in page and Member.objects.count() == 1
    ask = {"job": check.uuid, "row": "3"}
    assert client.post(reverse("members:return-ask"), ask).status_code == 302
    assert PhoneReturn.objects.get().asked_for == "王芳"
    done = client.post(url).url
    assert client.post(url).url == done
    run_job(Job.objects.latest("pk").pk)
    assert "已导入" in client.get(done).content.decode()
    assert Member.objects.filter(organization=tree.own).count() == 1


def test_a_file_that_is_no_workbook_is_refused_at_once(keeper, enter):
    upload = SimpleUploadedFile("党员.xlsx", b"not a workbook")
    refused = enter(keeper).post(reverse("members:import"), {"file": upload})
    assert (refused.status_code, Job.objects.count()) == (422, 0)


def test_somebody_elses_import_is_not_found(tree, keeper, sibling_keeper, enter):
    upload = SimpleUploadedFile("党员.xlsx", workbook(line()))
    url = enter(keeper).post(reverse("members:import"), {"file": upload}).url
    assert enter(sibling_keeper).get(url).status_code == 404


def test_slips_say_which_number_is_the_account_without_writing_it_out(tree, keeper, enter):
    elder = factories.member(tree.own, phone="", birth_date=date(1950, 1, 1))
    page = enter(keeper).post(reverse("members:slip", args=[elder.uuid]), follow=True).content.decode()
    assert "身份证号的后11位" in page and elder.account_name not in page
    assert "http://testserver/app/" in page and 'aria-label="手机端的二维码"' in page


def test_export_of_more_than_100_people_needs_a_reason(tree, keeper, enter, settings):
    settings.EXPORT_REASON_ABOVE = 1
    factories.member(tree.own), factories.member(tree.own)
    client = enter(keeper)
    assert client.post(reverse("members:export")).status_code == 400
    assert client.post(reverse("members:export"), {"reason": "年度统计"}).status_code == 302
    assert AuditEntry.objects.get(verb="list.exported").reason == "年度统计"


def test_an_export_larger_than_a_sheet_asks_for_a_narrower_filter(tree, keeper, enter, settings):
    settings.EXPORT_MAX_ROWS = 1
    factories.member(tree.own), factories.member(tree.own)
    answer = enter(keeper).post(reverse("members:export"))
    assert (answer.status_code, Job.objects.count()) == (409, 0)
    assert "超过 1 条" in answer.content.decode()


def test_one_account_fills_no_queue(tree, keeper, enter, settings):
    factories.member(tree.own)
    client = enter(keeper)
    answers = [client.post(reverse("members:export")).status_code for _ in range(settings.JOBS_AT_ONCE + 1)]
    assert answers == [302] * settings.JOBS_AT_ONCE + [429]
    Job.objects.filter(pk=Job.objects.earliest("pk").pk).update(state=JobState.DONE)
    assert client.post(reverse("members:export")).status_code == 302


def test_a_member_has_no_back_office(tree, enter):
    member = factories.member(tree.own, login=True)
    assert enter(member.account).get(reverse("members:list")).headers["Location"].startswith("/login/")


def test_todo_names_what_waits_for_the_branch(tree, keeper, sibling_keeper, superior):
    complete = factories.member(tree.own)  # a branch without members would have its first step to do
    Member.objects.filter(pk=complete.pk).update(photo="x.jpg", pledged_on=date(2026, 1, 1))
    holder = factories.member(tree.sibling)
    asked = request_return(bytes(holder.phone_index), actor=keeper, asked_for="李红梅")
    assert [t.title for t in todos(sibling_keeper)] == [
        "第一支部申请归还李红梅的手机号",
        "1 名党员缺少照片或履职承诺，待完善",
    ]
    assert todos(keeper) == [] and todos(superior) == []
    decline_return(asked, actor=sibling_keeper, reason="确系本人使用")
    assert [(t.title, t.url) for t in todos(keeper)] == [
        ("李红梅的手机号：未归还", reverse("members:return", args=[asked.uuid]))
    ]


def test_search_of_the_brand_bar_finds_members_of_the_scope_only(tree, keeper, sibling_keeper):
    member = factories.member(tree.own, "张建国")
    (found,) = found_for_search(keeper, "zjg")
    assert (found.name, found.note, found.url) == (
        "张建国",
        "第一支部",
        reverse("members:detail", args=[member.uuid]),
    )
    assert found_for_search(sibling_keeper, "zjg") == []


def test_a_search_looks_at_the_first_by_name_after_every_other_filter(tree, keeper, enter, monkeypatch):
    monkeypatch.setattr("members.queries.search.COUNT_UP_TO", 2)
    for name, sex in (("张安", "male"), ("张波", "male"), ("张诚", "female")):
        factories.member(tree.own, name, sex=sex)
    client = enter(keeper)
    assert names_in(client.get(reverse("members:list"), {"q": "zhang", "sex": "female"})) == ["张诚"]
    assert names_in(client.get(reverse("members:list"), {"q": "z"})) == ["张安", "张波"]


def test_an_export_writes_every_match_with_masked_numbers(tree, keeper, enter, monkeypatch):
    monkeypatch.setattr("members.queries.search.COUNT_UP_TO", 1)
    rows = [factories.member(tree.own, name) for name in ("张安", "张波")]
    factories.member(tree.sibling, "张诚")
    enter(keeper).post(reverse("members:export") + "?q=zhang")
    job = Job.objects.get()
    run_job(job.pk)
    job.refresh_from_db()
    cells = [c for line in load_workbook(job.result).worksheets[0].iter_rows(values_only=True) for c in line]
    assert [c for c in cells if c in ("张安", "张波", "张诚")] == ["张安", "张波"]
    assert not {r.phone for r in rows} & set(cells)
