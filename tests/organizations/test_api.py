"""The API: search never errors, scope is what a member may look up, queries are constant."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from accounts.models import DeviceToken
from organizations.enums import Nature
from tests.factories import member, organization

pytestmark = pytest.mark.django_db


@pytest.fixture
def api(tree):
    person = member(tree.branch)
    _, token = DeviceToken.objects.create(user=person.account, device="phone")
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Token {token}")
    return client


def names(answer):
    return [row["name"] for row in answer.json()["results"]]


def test_member_looks_up_what_is_below_the_direct_superior_and_the_way_up(api, tree):
    organization("大同某支部", nature=Nature.BRANCH, below=tree.cousin)
    answer = api.get("/api/v1/organizations/")
    assert answer.status_code == 200
    assert names(answer) == ["山西省委", "太原市委", "迎泽区委", "财政局党总支", "财政局第一支部"]
    assert answer.json()["results"][4] == {
        "id": str(tree.branch.uuid),
        "name": "财政局第一支部",
        "nature": "branch",
        "nature_label": "支部",
        "type": "机关",
        "superior": "财政局党总支",
    }


@pytest.mark.promise("F02")
def test_search_that_finds_nothing_says_so(api):
    answer = api.get("/api/v1/organizations/", {"search": "临汾"})
    assert (answer.status_code, answer.json()["results"]) == (200, [])
    assert "没有找到名称、全拼或首字母包含“临汾”的组织" in answer.json()["notice"]


@pytest.mark.promise("F02")
@pytest.mark.parametrize("text", ["%", "_", "\x00", "'", "😀", "a" * 900, "\\", " "])
def test_search_never_errors(api, text):
    assert api.get("/api/v1/organizations/", {"search": text}).status_code == 200


def test_detail_names_the_way_up(api, tree):
    body = api.get(f"/api/v1/organizations/{tree.branch.uuid}/").json()
    assert body["path"] == ["山西省委", "太原市委", "迎泽区委", "财政局党总支"]


def test_detail_of_another_committee_is_404(api, tree):
    answer = api.get(f"/api/v1/organizations/{tree.cousin.uuid}/")
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


def test_without_token_is_401():
    assert APIClient().get("/api/v1/organizations/").status_code == 401


def test_queries_do_not_grow_with_rows(api, tree):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            api.get("/api/v1/organizations/")
        return len(captured)

    few = queries()
    for number in range(3):
        organization(f"新支部{number}", nature=Nature.BRANCH, below=tree.general)
    assert queries() == few <= 4
