"""A branch goes while somebody is being written into it: whoever comes second sees the first, in both orders."""

from collections.abc import Callable

import pytest

from members.actions.records import recycle_member, restore_member
from members.actions.splitting import _hold_branches
from members.models import Member
from organizations.actions import dissolve_organization
from organizations.models import Organization
from tests.threads import in_turn

from . import factories

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def gone(tree, keeper):
    """A member of the branch in the recycle bin, so that the branch is empty and may go."""
    member = factories.member(tree.own)
    recycle_member(member, actor=keeper, reason="重复录入")
    return member


def standing(tree) -> tuple[str, int]:
    return Organization.objects.get(pk=tree.own.pk).state, Member.objects.present().count()


def works(tree, keeper, member) -> tuple[Callable, Callable]:
    superior = factories.admin(tree.root)
    return (
        lambda: restore_member(member, actor=keeper),
        lambda: dissolve_organization(tree.own, actor=superior, reason="合并到其他支部"),
    )


def test_a_dissolution_waits_for_who_is_being_written_and_is_refused(tree, keeper, gone):
    write, dissolve = works(tree, keeper, gone)
    assert in_turn(write, dissolve) == ["", "stake_refused"]
    assert standing(tree) == ("active", 1)


def test_who_comes_after_the_dissolution_is_refused(tree, keeper, gone):
    write, dissolve = works(tree, keeper, gone)
    assert in_turn(dissolve, write) == ["", "organization_changed"]
    assert standing(tree) == ("dissolved", 0)


def test_members_are_written_into_a_branch_while_a_register_is_handed_down_to_it(tree, keeper, gone):
    """A register of ten thousand branches takes a while: nobody waits for it, but a dissolution does."""
    write, dissolve = works(tree, keeper, gone)
    splitter = factories.admin(tree.root)

    def hand_down() -> None:
        _hold_branches([tree.own.pk], splitter)

    assert in_turn(hand_down, write, blocked=False) == ["", ""]
    assert standing(tree) == ("active", 1)
    recycle_member(Member.objects.get(), actor=keeper, reason="重复录入")
    assert in_turn(hand_down, dissolve) == ["", ""]


def test_control_without_the_lock_leaves_a_member_in_a_dissolved_branch(tree, keeper, gone, monkeypatch):
    monkeypatch.setattr("members.actions.records.hold", lambda *organizations, nature="": None)
    write, dissolve = works(tree, keeper, gone)
    assert in_turn(write, dissolve, blocked=False) == ["", ""]
    assert standing(tree) == ("dissolved", 1)
