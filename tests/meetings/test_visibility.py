"""Who sees and manages which meeting: member, participant, branch, sibling, superior, cousin."""

import pytest

from meetings.actions import add_participants, call_meeting
from meetings.enums import Phase
from meetings.models import Meeting
from meetings.permissions import can_manage
from meetings.queries.people import askable
from organizations.actions import move_organization
from organizations.enums import Nature
from sanjin.common.errors import RuleError

from . import factories as make


def seen(account) -> set[Meeting]:
    return set(Meeting.objects.visible_to(account))


def test_scope_of_each_account(house):
    cousin = make.organization("邻县委", nature=Nature.COMMITTEE, below=house.root)
    meeting = make.meeting(house.admin, [house.organiser], house.members[:1])
    for account in (house.admin, house.committee_admin, house.root_admin):
        assert seen(account) == {meeting}
    for member in (house.organiser, *house.members):
        assert seen(member.account) == {meeting}
    for account in (house.sibling_admin, house.stranger.account, make.admin(cousin)):
        assert seen(account) == set()


def test_draft_is_the_callers_and_the_organisers(house):
    meeting = make.meeting_in("draft", house.admin, [house.organiser])
    assert seen(house.admin) == seen(house.organiser.account) == {meeting}
    assert seen(house.committee_admin) == seen(house.root_admin) == seen(house.members[0].account) == set()


def test_own_draft_of_a_superior(house):
    plan = make.plan([house.organiser], joint_hosts=[house.branch])
    meeting = make.call_meeting(plan, actor=house.committee_admin, publish=False)
    assert seen(house.committee_admin) == {meeting}
    assert seen(house.admin) == seen(house.root_admin) == set()


def test_joint_meeting_is_seen_once_by_each_host(house):
    plan = make.plan([house.organiser], joint_hosts=[house.branch, house.sibling])
    meeting = make.call_meeting(plan, actor=house.committee_admin)
    for account in (house.admin, house.sibling_admin, house.committee_admin, house.root_admin):
        assert list(Meeting.objects.visible_to(account)) == [meeting]
    for member in (house.organiser, house.members[0], house.stranger):
        assert list(Meeting.objects.visible_to(member.account)) == [meeting]


def test_member_sees_meetings_of_the_branch_left_behind(house):
    meeting = make.meeting(house.admin, [house.organiser], house.members)
    moved = house.members[0]
    moved.organization = house.sibling
    moved.save()
    assert seen(moved.account) == {meeting}


@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("admin", True),
        ("organiser", True),
        ("member", False),
        ("sibling_admin", False),
        ("committee_admin", False),
    ],
)
def test_only_caller_and_organisers_manage(house, who, may):
    meeting = make.meeting(house.admin, [house.organiser])
    accounts = {"organiser": house.organiser.account, "member": house.members[0].account}
    account = accounts.get(who) or getattr(house, who)
    assert can_manage(account, meeting) is may


@pytest.mark.parametrize("phase", list(Phase))
def test_phase_of_a_row_and_of_the_filter_agree(house, phase):
    made = {p: make.meeting_in(p, house.admin, [house.organiser]) for p in Phase}
    assert made[phase].phase == phase
    assert set(Meeting.objects.in_phase(phase)) == {made[phase]}


def test_people_of_a_branch_that_moved_away_are_offered_no_more(house):
    """A joint host keeps its name on the meeting; whom it has now is its new superior's business."""
    other = make.organization("另一县委", nature=Nature.COMMITTEE, below=house.root)
    plan = make.plan([house.organiser], joint_hosts=[house.branch, house.sibling])
    meeting = call_meeting(plan, actor=house.committee_admin)
    assert house.stranger in askable(meeting)
    late = make.member(house.sibling)
    move_organization(house.sibling, other, actor=house.root_admin, reason="区划调整")
    assert not askable(meeting).filter(organization=house.sibling).exists()
    with pytest.raises(RuleError) as refused:
        add_participants(meeting, [late], actor=house.committee_admin)
    assert refused.value.code == "not_eligible"
    assert meeting.participants.filter(member=house.stranger).exists()  # who was asked stays asked
