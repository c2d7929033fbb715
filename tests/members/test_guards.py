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
from tests.threads import at_once

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


ROUNDS = 12


def end_and_assign(tree, keeper, assign) -> int:
    """One admin ends a membership, another gives the same person a post, at the same moment, some times over. How many
    of those who left have one then."""
    post, _ = Post.objects.get_or_create(nature="branch", name="委员")
    for _ in range(ROUNDS):
        row = factories.member(tree.own)
        left = record_of(row, state="left")

        def work(what, row=row, left=left):
            if what == "end":
                edit_member(row, left, actor=keeper)
                return
            try:
                assign(row, post, actor=keeper, organization=tree.own)
            except RuleError as error:
                assert error.code == "member_not_normal"

        at_once(work, ["end", "assign"], threads=2)
    assert Member.objects.filter(state="left").count() == ROUNDS
    return MemberPost.objects.open().filter(member__state="left").count()


def look_then_give(member, post, *, actor, organization):
    """The usual way: the standing of the row that the page has read, then the post."""
    assert member.in_good_standing
    today = timezone.localdate()
    MemberPost.objects.create(
        member=member, post=post, organization=organization, exclusive=False, since=today
    )


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_a_membership_that_ends_while_a_post_is_given_keeps_none(tree, keeper):
    assert end_and_assign(tree, keeper, assign_post) == 0


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_control_without_the_lock_somebody_who_left_keeps_a_post(tree, keeper):
    assert end_and_assign(tree, keeper, look_then_give) > 0
