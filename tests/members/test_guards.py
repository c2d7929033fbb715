"""Who may is asked of the locked row: what changed while a request was on its way counts (members/actions/guards.py)."""

from datetime import date

import pytest
from django.utils import timezone

from members.actions.posts import assign_post
from members.actions.records import edit_member, recycle_member, restore_member
from members.actions.slips import unlock_member
from members.models import Member, MemberPost, Post
from members.validators import check_record
from sanjin.common.errors import RuleError
from sanjin.common.models import AuditEntry
from tests.threads import in_turn

from . import factories


def record_of(member, **changes):
    raw = {"name": member.name, "kind": "full", "joined_on": date(2012, 7, 1), "full_on": date(2013, 7, 1)}
    raw |= {"id_number": member.id_number, "phone": member.phone, "state": "normal"}
    return check_record(raw | changes, today=timezone.localdate()).record


ACTIONS = {
    "edit": lambda row, actor: edit_member(row, record_of(row, name="张建军"), actor=actor),
    "recycle": lambda row, actor: recycle_member(row, actor=actor, reason="重复录入"),
    "restore": lambda row, actor: restore_member(row, actor=actor),
    "unlock": lambda row, actor: unlock_member(row, actor=actor),
}


@pytest.mark.django_db
@pytest.mark.parametrize("action", ACTIONS)
def test_who_has_left_the_branch_meanwhile_is_not_its_admins_any_more(tree, keeper, action):
    row = factories.member(tree.own)
    Member.objects.filter(pk=row.pk).update(organization=tree.sibling)
    with pytest.raises(RuleError) as refused:
        ACTIONS[action](row, keeper)
    assert (refused.value.code, refused.value.status) == ("not_keeper", 403)
    assert Member.objects.get(pk=row.pk).name == row.name
    assert not AuditEntry.objects.filter(subject_id=row.pk, subject_type="members.member").exists()


@pytest.mark.django_db
def test_nobody_whose_membership_has_ended_meanwhile_gets_a_post(tree, keeper):
    row, post = factories.member(tree.own), Post.objects.get(nature="branch", name="委员")
    Member.objects.filter(pk=row.pk).update(state="left")
    with pytest.raises(RuleError) as refused:
        assign_post(row, post, actor=keeper, organization=tree.own)
    assert refused.value.code == "member_not_normal"


def works(tree, keeper, give) -> tuple:
    """One admin ends a membership; another, who has read the record before, gives the same person a post."""
    post, row = Post.objects.get(nature="branch", name="委员"), factories.member(tree.own)
    left, stale = record_of(row, state="left"), Member.objects.get(pk=row.pk)
    return (
        lambda: edit_member(row, left, actor=keeper),
        lambda: give(stale, post, actor=keeper, organization=tree.own),
    )


def look_then_give(member, post, *, actor, organization):
    """The usual way: the standing of the row that the page has read, then the post."""
    assert member.in_good_standing
    today = timezone.localdate()
    MemberPost.objects.create(
        member=member, post=post, organization=organization, exclusive=False, since=today
    )


def posts_of_who_left() -> int:
    return MemberPost.objects.open().filter(member__state="left").count()


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_a_membership_that_ends_while_a_post_is_given_keeps_none(tree, keeper):
    assert in_turn(*works(tree, keeper, assign_post)) == ["", "member_not_normal"]
    assert posts_of_who_left() == 0


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_control_without_the_lock_somebody_who_left_keeps_a_post(tree, keeper):
    assert in_turn(*works(tree, keeper, look_then_give)) == ["", ""]
    assert posts_of_who_left() == 1
