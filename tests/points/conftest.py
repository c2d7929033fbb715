"""A committee with two branches, their people and admins."""

from dataclasses import dataclass

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from organizations.enums import Nature
from points.actions import award, recompute_dirty
from points.subjects import member, organization
from tests import factories


@dataclass
class Place:
    """`root` above `committee` and `cousin`; `committee` above `branch` (with `people`) and `sibling`."""

    root: object
    cousin: object
    committee: object
    branch: object
    sibling: object
    people: list


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def place(db) -> Place:
    root = factories.organization("省委")
    cousin = factories.organization("另一市委", below=root)
    committee = factories.organization("市委", below=root)
    branch = factories.organization("第一支部", nature=Nature.BRANCH, below=committee)
    sibling = factories.organization("第二支部", nature=Nature.BRANCH, below=committee)
    people = [factories.member(branch, name) for name in ("张一", "李二", "王三")]
    return Place(root, cousin, committee, branch, sibling, people)


@pytest.fixture
def earned(place, today) -> Place:
    """张一 read one article, 李二 had a second group meeting refused, the branch held a congress; totals are computed."""
    facts = {"acted_on": today, "actor": None}
    award("article.read", [member(place.people[0])], source_key="a1", title="学习文章", **facts)
    for number in (1, 2):
        award(
            "meeting.group",
            [member(place.people[1])],
            source_key=f"m{number}",
            title=f"党小组会{number}",
            **facts,
        )
    award("branch.congress", [organization(place.branch)], source_key="m9", title="党员大会", **facts)
    recompute_dirty()
    return place


@pytest.fixture
def api():
    """`api(member)`: a client of the members' API."""

    def as_member(row) -> APIClient:
        client = APIClient()
        client.force_authenticate(row.account)
        return client

    return as_member
