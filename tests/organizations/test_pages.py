"""Pages: each opens for who may, says who may to others, and costs a constant number of queries."""

import re
from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from members.models import Member
from organizations import actions
from organizations.enums import Nature
from organizations.models import Organization, OrganizationType
from sanjin.common import jobs
from sanjin.common.models import AuditEntry, Job
from tests.factories import admin, member, organization, signed_in

pytestmark = pytest.mark.django_db


def address(name, row=None):
    return reverse(f"organizations:{name}", args=[row.uuid] if row else [])


def kind(nature, name="机关"):
    return OrganizationType.objects.get(nature=nature, name=name)


@pytest.fixture
def city(client, city_admin):
    return signed_in(client, city_admin)


@pytest.mark.parametrize("name", ["list", "recycled", "tree", "types", "import", "import_template"])
def test_page_opens_for_a_committee_admin(city, name):
    assert city.get(address(name)).status_code == 200


@pytest.mark.parametrize(
    "name", ["detail", "create", "rename", "retype", "move", "dissolve", "recycle", "settings"]
)
def test_page_about_an_organisation_below_opens(city, tree, name):
    assert city.get(address(name, tree.general)).status_code == 200


@pytest.mark.parametrize("name", ["detail", "basics", "create", "rename", "move", "superiors"])
def test_out_of_scope_is_404(city, tree, name):
    assert city.get(address(name, tree.cousin)).status_code == 404


def test_members_of_other_roles_learn_who_imports(client, branch_admin):
    answer = signed_in(client, branch_admin).get(address("import"))
    assert answer.status_code == 403
    assert "由党委管理员导入" in answer.content.decode()


@pytest.mark.promise("F41")
def test_page_says_who_maintains_what_and_shows_only_own_buttons(client, tree, branch_admin, city_admin):
    page = signed_in(client, branch_admin).get(address("detail", tree.branch)).content.decode()
    assert "谁维护什么" in page
    assert (address("basics", tree.branch) in page, address("rename", tree.branch) in page) == (True, False)
    page = signed_in(client, city_admin).get(address("detail", tree.branch)).content.decode()
    assert (address("basics", tree.branch) in page, address("rename", tree.branch) in page) == (False, True)


def test_list_filters_by_text_nature_state_and_subtree(city, tree, city_admin):
    def names(**query):
        return [str(row) for row in city.get(address("list"), query).context["listing"].page.object_list]

    everything = ["太原市委", "迎泽区委", "财政局党总支", "财政局第一支部"]
    assert names() == everything
    assert names(search="czj") == everything[2:]
    assert names(search="zhibu 财政") == [everything[3]]
    assert names(nature=Nature.BRANCH) == [everything[3]]
    assert names(organization=tree.general.uuid) == everything[2:]
    assert names(organization=tree.cousin.uuid) == []
    actions.dissolve_organization(tree.branch, actor=city_admin, reason="撤并")
    assert names() == everything[:3]
    assert names(state="dissolved") == [everything[3]]


@pytest.mark.promise("F02")
@pytest.mark.parametrize(
    "text", ["%", "_", "'", '"', "\\", "\x00", "（", "😀", "a" * 500, " ", "[", "(?", "null"]
)
def test_search_never_errors(city, text):
    for name in ("list", "tree"):
        key = "search" if name == "list" else "q"
        answer = city.get(address(name), {key: text})
        assert answer.status_code == 200
    assert city.get("/search/", {"q": text}).status_code == 200


def test_wildcards_are_plain_characters(city):
    assert city.get(address("list"), {"search": "%"}).context["listing"].page.paginator.count == 0


@pytest.mark.parametrize("name", ["list", "detail", "tree"])
def test_queries_do_not_grow_with_rows(city, tree, name):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert city.get(address(name, tree.city if name == "detail" else None)).status_code == 200
        return len(captured)

    queries()
    few = queries()
    for number in range(3):
        organization(f"新支部{number}", nature=Nature.BRANCH, below=tree.city)
    assert queries() == few


def test_tree_opens_lazily_and_unfolds_to_the_current_one(city, tree):
    def names(nodes):
        return [(node["name"], names(node["open"]) if node["open"] else []) for node in nodes]

    def nodes(**query):
        return names(city.get(address("tree"), query).context["nodes"])

    assert nodes() == [("太原市委", [("迎泽区委", [])])]
    assert nodes(parent=tree.county.uuid) == [("财政局党总支", [])]
    assert nodes(current=tree.branch.uuid) == [
        ("太原市委", [("迎泽区委", [("财政局党总支", [("财政局第一支部", [])])])])
    ]
    assert nodes(q="dyzb") == [("财政局第一支部", [])]
    assert city.get(address("tree"), {"parent": tree.cousin.uuid}).status_code == 404


def test_create_below_by_the_form(city, tree):
    answer = city.post(
        address("create", tree.general),
        {"name": "第二支部", "nature": "branch", "type": kind("branch").pk, "founded_on": "2020-07-01"},
    )
    made = Organization.objects.get(name="第二支部")
    assert (answer.status_code, answer.url) == (302, address("detail", made))


def test_create_form_offers_only_natures_that_fit(city, tree):
    form = city.get(address("create", tree.general)).context["form"]
    assert [value for value, _ in form.fields["nature"].choices] == ["branch"]


@pytest.mark.promise("F39")
def test_type_list_follows_the_nature(city):
    page = city.get(address("types"), {"nature": "general_branch"}).content.decode()
    assert "机关" in page
    assert "离退休" not in page


@pytest.mark.promise("F39")
def test_type_of_another_nature_is_refused_beside_its_field(city, tree):
    answer = city.post(
        address("create", tree.county),
        {"name": "某支部", "nature": "branch", "type": kind("committee", "乡镇").pk},
    )
    assert answer.status_code == 422
    assert "不是支部的类型" in str(answer.context["form"].errors["type"])


@pytest.mark.promise("F27")
@pytest.mark.parametrize(
    ("latitude", "longitude", "code", "sentence"),
    [
        ("37.87", "112.55", 302, ""),
        ("112.55", "37.87", 422, "填反了"),
        ("51.5", "-0.12", 422, "不在中国境内"),
        ("37.87", "", 422, "一起填写"),
    ],
)
def test_coordinates_are_checked_and_a_swapped_pair_is_turned(
    client, tree, branch_admin, latitude, longitude, code, sentence
):
    here = signed_in(client, branch_admin)
    answer = here.post(address("basics", tree.branch), {"latitude": latitude, "longitude": longitude})
    assert answer.status_code == code
    assert sentence in answer.content.decode()
    if sentence == "填反了":
        form = answer.context["form"]
        assert (form["latitude"].value(), form["longitude"].value()) == ("37.87", "112.55")


def test_move_by_the_form_and_its_searchable_superiors(city, tree):
    options = city.get(address("superiors", tree.branch), {"q": "ty"}).json()
    assert [option["text"] for option in options] == ["太原市委"]
    answer = city.post(address("move", tree.branch), {"target": str(tree.city.uuid), "reason": "机构改革"})
    assert answer.status_code == 302
    assert Organization.objects.get(pk=tree.branch.pk).parent_path == tree.city.path


def test_move_out_of_scope_is_refused_by_the_form(city, tree):
    answer = city.post(address("move", tree.branch), {"target": str(tree.cousin.uuid), "reason": "试试"})
    assert answer.status_code == 422
    assert Organization.objects.get(pk=tree.branch.pk).path == tree.branch.path


def test_recycle_and_restore_by_buttons(city, tree):
    assert city.post(address("recycle", tree.branch), {"reason": "误建"}).status_code == 302
    assert "财政局第一支部" in city.get(address("recycled")).content.decode()
    assert city.post(address("restore", tree.branch)).status_code == 302
    assert Organization.objects.get(pk=tree.branch.pk).state == "active"


def test_search_box_finds_organisations_in_scope(city, tree):
    groups = city.get("/search/", {"q": "sw"}).context["groups"]
    found = {answer.name for group in groups for answer in group.found}
    assert found == {"太原市委"}


def test_admin_of_a_general_branch_reads_but_does_not_change(client, tree, general_admin):
    here = signed_in(client, admin(tree.general))
    assert here.get(address("detail", tree.branch)).status_code == 200
    assert here.get(address("rename", tree.branch)).status_code == 403


@pytest.mark.parametrize("name", ["dissolve", "recycle"])
def test_a_form_without_a_reason_shows_what_the_action_says_beside_the_field(city, tree, name):
    answer = city.post(address(name, tree.branch), {"reason": " "})
    assert answer.status_code == 422
    assert answer.context["rule_error"].code == "reason_required"
    assert list(answer.context["form"].errors) == ["reason"]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("rename", "not_superior"),
        ("create", "not_superior"),
        ("basics", "not_own"),
        ("settings", "not_own"),
        ("import", "not_superior"),
    ],
)
def test_a_page_refuses_with_the_action_s_own_code(client, tree, general_admin, name, code):
    here = signed_in(client, general_admin)
    answer = here.get(address(name, None if name == "import" else tree.branch))
    assert (answer.status_code, answer.context["error"].code) == (403, code)


@pytest.mark.promise("F40")
def test_settled_branches_are_counted_from_the_tree_and_the_accounts(city, tree):
    for number, state in enumerate(("active", "issued", None)):
        branch = organization(f"支部{number}", nature=Nature.BRANCH, below=tree.city)
        if state:
            admin(branch, state=state, activated_at=timezone.now() if state == "active" else None)
    panels = dict(city.get(address("facts", tree.city)).context["panels"])
    assert ("入驻支部数", "1", "共 4 个支部，管理员账号已激活的算入驻") in [
        (fact.label, fact.value, fact.note) for fact in panels["管理员账号"]
    ]


@pytest.mark.promise("F38")
def test_members_are_the_sum_of_men_women_and_unknown(city, tree):
    for sex in ("male", "male", "female", "unknown"):
        Member.objects.filter(pk=member(tree.branch, password=None).pk).update(sex=sex)
    panels = dict(city.get(address("facts", tree.city)).context["panels"])
    assert [(fact.label, fact.value) for fact in panels["党员"]] == [
        ("党员总数", "4"),
        ("男", "2"),
        ("女", "1"),
        ("未知", "1"),
    ]
    for fact in panels["党员"]:
        assert city.get(fact.href).context["listing"].page.paginator.count == int(fact.value)


@pytest.mark.promise("F43")
@pytest.mark.parametrize("verb", ["recycle", "dissolve"])
def test_branch_with_members_is_not_deleted(city, tree, verb):
    member(tree.branch, password=None)
    assert "还有 1 名党员" in city.get(address(verb, tree.branch)).content.decode()
    answer = city.post(address(verb, tree.branch), {"reason": "误建"})
    assert answer.status_code == 422
    assert "还有 1 名党员" in answer.content.decode()
    assert Organization.objects.get(pk=tree.branch.pk).state == "active"


def test_an_upload_that_came_to_nothing_leads_back_to_the_upload(city, silent_bell):
    file, book = BytesIO(), openpyxl.Workbook()
    book.active.append(["甲", "乙"])
    book.save(file)
    city.post(address("import"), {"file": SimpleUploadedFile("架构.xlsx", file.getvalue())})
    job = Job.objects.get()
    jobs.run(job.pk)
    page = city.get(reverse("jobs:detail", args=[job.uuid])).content.decode()
    assert re.search(rf'<a [^>]*href="{address("import")}"[^>]*>重新上传</a>', page)


def test_list_exports_what_it_shows(city, tree, silent_bell):
    city.post(f"{address('export')}?nature=branch&col=name&col=parent")
    job = Job.objects.get()
    jobs.run(job.pk)
    job.refresh_from_db()
    sheet = openpyxl.load_workbook(job.result.open("rb")).active
    assert list(sheet.values) == [("组织名称", "上级组织"), ("财政局第一支部", "财政局党总支")]
    assert AuditEntry.objects.get(verb="list.exported").data["count"] == 1
