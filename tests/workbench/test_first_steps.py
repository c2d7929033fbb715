"""Whoever begins sees in the to-do what the first step is, and the question stays cheap on every page."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.queries import LED_ACCOUNTS, accounts_led
from members.actions.records import recycle_member
from organizations.enums import Nature, OrganizationState
from organizations.models import Organization
from sanjin.common.todo import todos
from tests.factories import admin, member, organization, signed_in

pytestmark = pytest.mark.django_db

IMPORT_MEMBERS = ("本支部还没有党员，请导入本支部党员", reverse("members:import"))
IMPORT_STRUCTURE = ("还没有下级组织，请导入下级组织架构", reverse("organizations:import"))


def generate(count: int) -> tuple[str, str]:
    return (f"直属的 {count} 个组织还没有管理员账号，请生成管理员账号", reverse("accounts:generate"))


def hand_out(count: int) -> tuple[str, str]:
    return (f"直属的 {count} 个管理员账号还没有激活，请发放账号条", "/settings/admins/?state=issued&led=on")


def steps(account) -> list[tuple[str, str]]:
    return [(todo.title, todo.url) for todo in todos(account)]


def branch_below(above, name="第一支部"):
    return organization(name, nature=Nature.BRANCH, below=above)


def close(row) -> None:
    Organization.objects.filter(pk=row.pk).update(state=OrganizationState.DISSOLVED)


def test_a_fresh_branch_imports_its_members_first():
    branch = branch_below(organization("市委"))
    account = admin(branch)
    assert steps(account) == [IMPORT_MEMBERS]
    person = member(branch)
    assert IMPORT_MEMBERS not in steps(account)
    recycle_member(person, actor=account, reason="录错")
    assert steps(account) == [IMPORT_MEMBERS]


def test_a_committee_with_nothing_below_imports_its_structure_first():
    city = organization("市委")
    account = admin(city)
    assert steps(account) == [IMPORT_STRUCTURE]
    branch = branch_below(city)
    assert steps(account) == [generate(1)]
    close(branch)
    assert steps(account) == [IMPORT_STRUCTURE]


def test_a_committee_generates_accounts_for_those_that_it_leads_directly():
    """The organisations of a committee below are that committee's; those of a general branch are the nearest
    committee's above (product.md: 直属上级党委)."""
    city = organization("市委")
    county = organization("县委", below=city)
    general = organization("局党总支", nature=Nature.GENERAL_BRANCH, below=city)
    inner, plain = branch_below(general), branch_below(city, "机关支部")
    branch_below(county), branch_below(organization("乡党委", below=county))
    assert accounts_led(city) == (4, 0)  # county, general branch and its branch, plain branch
    assert accounts_led(county) == (2, 0)
    account = admin(city)
    assert steps(account) == [generate(4)]
    for row in (county, general, inner):
        admin(row, state="issued")
    assert steps(account) == [generate(1), hand_out(3)]
    close(plain)
    assert steps(account) == [hand_out(3)]


def test_accounts_that_nobody_activated_wait_and_open_into_their_list(client):
    city = organization("市委")
    county = organization("县委", below=city)
    branches = [branch_below(city, f"机关支部{number}") for number in range(3)]
    waiting = [admin(row, state="issued") for row in (county, *branches[:2])]
    admin(branches[2])
    admin(branch_below(county), state="issued")  # the county's to hand out
    account = admin(city)
    assert steps(account) == [hand_out(3)]
    page = signed_in(client, account).get(hand_out(3)[1])
    assert set(page.context["listing"].queryset) == set(waiting)
    close(branches[0])
    assert steps(account) == [hand_out(2)]
    page = client.get(hand_out(2)[1])
    assert set(page.context["listing"].queryset) == {waiting[0], waiting[2]}


def test_a_general_branch_and_a_closed_organisation_have_no_first_step():
    city = organization("市委")
    general = organization("局党总支", nature=Nature.GENERAL_BRANCH, below=city)
    assert steps(admin(general)) == []
    branch = branch_below(general)
    close(branch)
    branch.refresh_from_db()
    assert steps(admin(branch)) == []


@pytest.mark.parametrize("width", [1, 3])
def test_the_questions_do_not_grow_with_the_tree(width):
    city = organization("市委")
    for number in range(width):
        branch_below(organization(f"县委{number}", below=city))
    account = admin(city)
    with CaptureQueriesContext(connection) as seen:
        todos(account)
    assert len(seen) == 5, [query["sql"][:90] for query in seen]


def test_the_walk_steps_over_what_stands_inside_a_committee():
    """What it costs is what the committee leads, not its subtree: the plan reads each row that it counts once."""
    city = organization("市委")
    county = organization("县委", below=city)
    for number in range(30):
        branch_below(county, f"支部{number}")
    values = {"top": city.path, "end": f"{city.path}~", "most": 100}
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {LED_ACCOUNTS}", values)
        plan = cursor.fetchone()[0]
    walked = [
        node["Actual Rows"] for node in nodes(plan[0]["Plan"]) if node["Node Type"] == "Recursive Union"
    ]
    assert walked == [1]


def nodes(plan: dict):
    yield plan
    for below in plan.get("Plans", []):
        yield from nodes(below)
