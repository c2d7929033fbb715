"""Totals follow a change of the tree or of who counts by a bell, within seconds: not with the minute's sweep."""

import pytest

from members.actions.records import recycle_member, restore_member
from organizations import actions
from organizations.enums import Nature
from organizations.models import OrganizationType
from points import stakes
from points.models import Dirty
from points.tasks import recompute_dirty
from tests import factories


@pytest.fixture
def rung(monkeypatch):
    """The tasks that were rung for."""
    heard = []
    monkeypatch.setattr(stakes, "ring", heard.append)
    return heard


def structure(place):
    """Every kind of change that moves totals, in an order that works."""
    admin = factories.admin(place.root)
    kind = OrganizationType.objects.get(nature=Nature.BRANCH, name="机关")
    other = OrganizationType.objects.get_or_create(nature=Nature.BRANCH, name="学校")[0]
    empty = place.sibling
    return (
        lambda: actions.create_organization(
            place.committee, actor=admin, name="新支部", nature=Nature.BRANCH, type=kind
        ),
        lambda: actions.move_organization(place.branch, place.cousin, actor=admin, reason="转隶"),
        lambda: actions.retype_organization(empty, actor=admin, nature=Nature.BRANCH, type=other),
        lambda: actions.recycle_organization(empty, actor=admin, reason="建错"),
        lambda: actions.restore_organization(empty, actor=admin),
        lambda: actions.dissolve_organization(empty, actor=admin, reason="撤销"),
    )


def test_every_change_of_the_tree_rings(place, rung):
    for number, change in enumerate(structure(place), start=1):
        change()
        assert rung == [recompute_dirty] * number


def test_a_member_who_leaves_or_comes_back_rings(place, rung):
    keeper = factories.admin(place.branch)
    Dirty.objects.all().delete()
    gone = recycle_member(place.people[0], actor=keeper, reason="重复录入")
    assert rung == [recompute_dirty]
    restore_member(gone, actor=keeper)
    assert rung == [recompute_dirty] * 2
    assert {mark.organization_id for mark in Dirty.objects.all()} == {place.branch.pk}
