"""F40: 入驻支部数 is counted from the tree, by one definition: the back office's and the app's numbers are the same."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from accounts.facts import admin_accounts
from accounts.models import Account
from accounts.queries import settled_below
from organizations.enums import Nature, OrganizationState
from organizations.models import Organization
from points.actions import recompute_dirty
from tests.factories import admin, member, organization
from workbench.queries import branch_figures

pytestmark = [pytest.mark.django_db, pytest.mark.promise("F40")]


@pytest.fixture
def tree(db):
    """A city with a county and a general branch; five branches of which one is closed and two have activated."""
    root = organization("省委")
    city = organization("市委", below=root)
    county = organization("县委", below=city)
    general = organization("局党总支", nature=Nature.GENERAL_BRANCH, below=city)
    places = (county, county, general, general, city)
    branches = [organization(f"支部{n}", nature=Nature.BRANCH, below=above) for n, above in enumerate(places)]
    admin(branches[0])
    admin(branches[1], state="issued")
    admin(branches[2])
    admin(branches[3])
    Organization.objects.filter(pk=branches[3].pk).update(state=OrganizationState.DISSOLVED)
    outside = organization("外市支部", nature=Nature.BRANCH, below=root)
    admin(outside)
    recompute_dirty()
    return root, city, county, general, branches


@pytest.fixture
def ranking(tree):
    client = APIClient()
    client.force_authenticate(member(tree[4][4]).account)

    def ask(nature: str = "") -> dict[str, tuple]:
        answer = client.get("/api/v1/rankings/organizations/", {"nature": nature} if nature else {})
        assert answer.status_code == 200, answer.json()
        return {row["name"]: (row["settled"], row["branches"]) for row in answer.json()["results"]}

    ask.client = client
    return ask


def test_the_apps_ranking_shows_it_for_whatever_has_branches_below(ranking):
    assert ranking("committee") == {"市委": (2, 4), "县委": (1, 2)}
    assert ranking("general_branch") == {"局党总支": (1, 1)}
    assert ranking() == ranking("branch") == {f"支部{n}": (None, None) for n in (0, 1, 2, 4)}


def test_an_unknown_nature_has_its_sentence(ranking):
    answer = ranking.client.get("/api/v1/rankings/organizations/?nature=x")
    assert (answer.status_code, answer.json()["code"]) == (400, "nature_invalid")


def test_app_page_of_the_organisation_and_home_page_say_the_same(tree, ranking):
    city = Organization.objects.get(pk=tree[1].pk)
    account = admin(city)
    fact = next(fact for fact in admin_accounts(city, account) if fact.label == "入驻支部数")
    figures = branch_figures(account)
    assert fact.value == "2" and fact.note.startswith("共 4 个支部")
    assert (figures.settled, figures.total) == ranking("committee")["市委"] == (2, 4)


def test_a_reset_or_frozen_account_has_settled_in_all_the_same(tree):
    """The branch has come: a forgotten password or a freeze doesn't take it back, in any of the three places."""
    _, city, _, general, branches = tree
    Account.objects.filter(organization=branches[0]).update(state="issued")
    Account.objects.filter(organization=branches[2]).update(state="frozen")
    city.refresh_from_db()
    assert settled_below([city, general]) == {city.pk: (2, 4), general.pk: (1, 1)}
    assert branch_figures(admin(city)).settled == 2


def test_queries_do_not_grow_with_the_list(tree, ranking):
    def queries(rows: int) -> int:
        with CaptureQueriesContext(connection) as seen:
            assert len(ranking("committee")) == rows
        return len(seen)

    before = queries(2)
    for number in range(3):
        organization(f"乡党委{number}", below=tree[1])
    recompute_dirty()
    assert queries(5) == before
