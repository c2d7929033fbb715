"""The pages of 积分管理: real numbers, scope, constant queries."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from organizations.enums import Nature
from organizations.models import Organization
from points.actions import award, recompute_dirty
from points.models import RuleVersion
from points.periods import year_code
from points.queries.totals import total_of
from points.subjects import member
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def committee(client, earned):
    return factories.signed_in(client, factories.admin(earned.committee))


@pytest.fixture
def cousin(client, earned):
    return factories.signed_in(client, factories.admin(earned.cousin))


@pytest.mark.promise("F04")
def test_formula_shows_real_numbers_that_open(committee, earned):
    page = committee.get(reverse("points:organization", args=[earned.branch.uuid])).content.decode()
    for text in ("支部积分", "5.00", "党员积分合计", "6.00", "计入党员", "2.00", "7.00"):
        assert text in page
    assert reverse("points:behind", args=[earned.branch.uuid]) in page
    assert "积分仅供参考" in page
    fragment = committee.get(reverse("points:formula", args=[earned.committee.uuid])).content.decode()
    assert "<html" not in fragment
    assert "党委积分" in fragment and "3.50" in fragment


@pytest.mark.promise("F04")
def test_nothing_is_divided_by_nobody(committee, earned):
    """A branch without counted members: its total is its own, and the page says so instead of ÷ 0."""
    page = committee.get(reverse("points:formula", args=[earned.sibling.uuid])).content.decode()
    assert "还没有计入的党员，总积分就是支部积分" in page and "÷" not in page
    assert total_of(earned.sibling, year_code(timezone.localdate())).text() == (
        "支部积分 0.00 = 支部总积分 0.00（还没有计入的党员）"
    )


def test_own_points_open_into_the_entries_that_make_them(committee, earned, today):
    query = f"?organization={earned.branch.uuid}&own=true&period="
    listed = committee.get(reverse("points:entries") + query + str(year_code(today))).content.decode()
    assert ">党员大会<" in listed and ">学习文章<" not in listed
    assert (
        reverse("points:entries") + query.replace("&", "&amp;")
        in committee.get(reverse("points:organization", args=[earned.branch.uuid])).content.decode()
    )
    last = committee.get(reverse("points:entries") + query + str(year_code(today) - 100)).content.decode()
    assert ">党员大会<" not in last


@pytest.mark.parametrize("period", ["-1e999999999", "1e40", "-1", "NaN", "２０２６００", "202699"])
@pytest.mark.parametrize("name", ["entries", "refusals"])
def test_a_period_that_is_none_lists_nothing(committee, name, period):
    """Nor is it worked out: as a number, 1e-999999999 would keep the process for hours."""
    page = committee.get(reverse(f"points:{name}"), {"period": period})
    assert (page.status_code, page.context["listing"].page.paginator.count) == (200, 0)


@pytest.mark.parametrize(("own", "others"), [("true", False), ("false", True), ("0", True), ("", True)])
def test_only_a_true_own_leaves_the_members_out(committee, earned, own, others):
    query = f"?organization={earned.branch.uuid}&own={own}"
    listed = committee.get(reverse("points:entries") + query).content.decode()
    assert ">党员大会<" in listed and (">学习文章<" in listed) == others


def test_behind_the_numbers_stand_members_or_branches(committee, earned, today):
    people = committee.get(reverse("points:behind", args=[earned.branch.uuid])).content.decode()
    assert all(name in people for name in ("张一", "李二", "王三"))
    assert f"member={earned.people[0].uuid}&amp;period={year_code(today)}" in people
    branches = committee.get(reverse("points:behind", args=[earned.committee.uuid])).content.decode()
    assert "第一支部" in branches and "第二支部" in branches


@pytest.mark.promise("F03")
def test_ranking_and_its_switch(committee, earned):
    page = committee.get(reverse("points:ranking")).content.decode()
    assert page.index("第一支部") < page.index("第二支部")
    type(earned.committee).objects.filter(pk=earned.committee.pk).update(rankings_shown=False)
    assert "已关闭积分排行" in committee.get(reverse("points:ranking")).content.decode()


@pytest.mark.promise("F03")
def test_who_switched_rankings_off_below_is_left_out_with_all_below_it(committee, earned):
    """A branch by itself, and a committee with the branches under it: two depths, one page."""
    inner = factories.organization("街道党工委", below=earned.committee)
    deep = factories.organization("第三支部", nature=Nature.BRANCH, below=inner)
    recompute_dirty()
    page = reverse("points:ranking")
    assert deep.name in committee.get(page).content.decode()
    Organization.objects.filter(pk__in=[inner.pk, earned.sibling.pk]).update(rankings_shown=False)
    shown = committee.get(page).content.decode()
    assert [name in shown for name in ("第一支部", "第二支部", "第三支部")] == [True, False, False]


def test_ranking_costs_the_same_for_one_and_for_three_that_switched_it_off(committee, earned):
    costs = []
    for more in (1, 2):
        for number in range(more):
            branch = factories.organization(
                f"关闭{more}{number}", nature=Nature.BRANCH, below=earned.committee
            )
            Organization.objects.filter(pk=branch.pk).update(rankings_shown=False)
        with CaptureQueriesContext(connection) as queries:
            committee.get(reverse("points:ranking"))
        costs.append([len(queries), len(max((q["sql"] for q in queries), key=len))])
    assert costs[0] == costs[1]


@pytest.mark.promise("F03")
def test_a_branch_admin_sees_its_branch_among_the_committees_and_opens_only_its_own(client, earned):
    branch = factories.signed_in(client, factories.admin(earned.branch))
    page = branch.get(reverse("points:ranking")).content.decode()
    assert page.index("第一支部") < page.index("第二支部")
    assert [
        reverse("points:organization", args=[o.uuid]) in page for o in (earned.branch, earned.sibling)
    ] == [
        True,
        False,
    ]


@pytest.mark.promise("F48")
def test_ledger_lists_entries_and_refusals(committee):
    assert "党小组会1" in committee.get(reverse("points:entries")).content.decode()
    page = committee.get(reverse("points:refusals")).content.decode()
    assert "党小组会2" in page and "本月已积分" in page


def test_foreign_organisation_is_not_found(cousin, earned):
    for name in ("organization", "formula", "behind"):
        assert cousin.get(reverse(f"points:{name}", args=[earned.branch.uuid])).status_code == 404
    assert "党小组会1" not in cousin.get(reverse("points:entries")).content.decode()
    address = reverse("points:entries") + f"?organization={earned.branch.uuid}"
    assert "党小组会1" not in cousin.get(address).content.decode()
    address = reverse("points:ranking") + f"?organization={earned.branch.uuid}"
    assert "第一支部" not in cousin.get(address).content.decode()


@pytest.mark.promise("F04")
def test_rules_page_and_a_new_version(client, earned, today):
    root = factories.signed_in(client, factories.admin(earned.root))
    page = root.get(reverse("points:rules")).content.decode()
    assert "参加支部党员大会" in page and "每季度计 1 次，每年最多 20 分" in page
    rows = {row.split("<", 1)[0].strip(): row for row in page.split('data-label="行为">')[1:]}
    assert "暂未开通" in rows["每日登录"] and "暂未开通" not in rows["参加支部党员大会"]
    address = reverse("points:edit_rule", args=["article.read"])
    assert root.get(address).status_code == 200
    form = {"starts_on": today, "score": "2", "points_cap": "4", "points_window": "day"}
    assert root.post(address, form).status_code == 422
    form["starts_on"] = today + timedelta(days=1)
    assert root.post(address, form).status_code == 302
    versions = RuleVersion.objects.filter(rule__code="article.read").order_by("number")
    assert [(v.number, v.score, v.in_force.upper) for v in versions] == [
        (1, 1, today + timedelta(days=1)),
        (2, 2, None),
    ]


def test_a_rule_with_bands_is_changed_without_a_score(client, earned, today):
    root = factories.signed_in(client, factories.admin(earned.root))
    address = reverse("points:edit_rule", args=["quiz.practice"])
    assert 'name="score"' not in root.get(address).content.decode()
    form = {"starts_on": today + timedelta(days=1), "points_cap": "4", "points_window": "day"}
    assert root.post(address, form).status_code == 302
    first, second = RuleVersion.objects.filter(rule__code="quiz.practice").order_by("number")
    assert (second.bands, second.score, second.points_cap) == (first.bands, first.score, 4)


def test_rule_is_the_roots_to_change(client, earned):
    admin = factories.signed_in(client, factories.admin(earned.branch))
    assert admin.get(reverse("points:edit_rule", args=["article.read"])).status_code == 403


@pytest.mark.parametrize("name", ["ranking", "entries", "refusals"])
def test_lists_cost_the_same_for_any_number_of_rows(
    committee, earned, today, name, django_assert_num_queries
):
    committee.get(reverse(f"points:{name}"))
    with CaptureQueriesContext(
        connection,
    ) as few:
        committee.get(reverse(f"points:{name}"))
    for number in range(3):
        branch = factories.organization(f"新支部{number}", nature="branch", below=earned.committee)
        person = factories.member(branch, password=None)
        for key in ("x", "y"):
            award(
                "meeting.group",
                [member(person)],
                source_key=f"{key}{number}",
                acted_on=today,
                title="会",
                actor=None,
            )
    recompute_dirty()
    with django_assert_num_queries(len(few)):
        committee.get(reverse(f"points:{name}"))
