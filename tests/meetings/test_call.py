"""F45, F47, rules.md §2: who may call a meeting, of whom, when."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.enums import AccountState
from accounts.models import Account
from meetings.actions import (
    add_participants,
    call_meeting,
    cancel_meeting,
    publish_meeting,
    update_meeting,
)
from meetings.actions.guards import must_be_editable
from meetings.actions.plan import audience_of
from meetings.enums import Phase
from meetings.models import Meeting, Participant
from members.models import Member, Message
from organizations.enums import Nature
from organizations.models import Organization
from sanjin.common.errors import RuleError
from sanjin.common.models import AuditEntry

from . import factories as make


def refused(function, *args, **kwargs) -> RuleError:
    with pytest.raises(RuleError) as caught:
        function(*args, **kwargs)
    return caught.value


@pytest.mark.promise("F47")
def test_called_meeting_notifies_everybody_of_the_branch(house):
    meeting = call_meeting(make.plan([house.organiser]), actor=house.admin)
    everybody = {house.organiser, *house.members}
    assert meeting.phase == Phase.SCHEDULED
    assert {row.member for row in meeting.participants.all()} == everybody
    assert {message.recipient for message in Message.objects.all()} == everybody
    assert AuditEntry.objects.get(verb="meeting.called").organization_id == house.branch.pk


@pytest.mark.promise("F12")
def test_organisers_attend_without_signing_in(house):
    meeting = call_meeting(make.plan([house.organiser], house.members), actor=house.admin)
    states = dict(meeting.participants.values_list("member__name", "state"))
    assert states.pop("张组织") == "present"
    assert set(states.values()) == {"invited"}


@pytest.mark.promise("F45")
def test_branch_of_one_member_learns_the_remedy(house):
    error = refused(call_meeting, make.plan([house.stranger]), actor=house.sibling_admin)
    assert (error.code, error.field) == ("branch_of_one", "participants")
    assert "联合主办" in error.message


@pytest.mark.promise("F45")
def test_everyone_chosen_as_organiser_learns_the_remedy(house):
    error = refused(
        call_meeting, make.plan([house.organiser, *house.members], house.members), actor=house.admin
    )
    assert (error.code, error.field) == ("everyone_organises", "organisers")


@pytest.mark.promise("F45")
def test_superior_holds_a_meeting_jointly_with_branches(house):
    plan = make.plan([house.organiser], joint_hosts=[house.branch, house.sibling])
    meeting = call_meeting(plan, actor=house.committee_admin)
    assert {row.organization for row in meeting.hosts.all()} == {house.committee, house.branch, house.sibling}
    assert {row.member for row in meeting.participants.all()} == {
        house.organiser,
        *house.members,
        house.stranger,
    }


@pytest.mark.parametrize(
    ("starts", "lasts", "code"),
    [
        (1, 0, "ends_before_start"),
        (1, -1, "ends_before_start"),
        (1, 73, "too_long"),
        (-25, 2, "long_past"),
        (24 * 367, 2, "too_far"),
    ],
)
def test_impossible_times_are_refused(house, starts, lasts, code):
    start = timezone.now() + timedelta(hours=starts)
    plan = make.plan([house.organiser], starts_at=start, ends_at=start + timedelta(hours=lasts))
    assert refused(call_meeting, plan, actor=house.admin).code == code
    assert not Meeting.objects.exists()


def test_other_branch_can_not_be_asked(house):
    plan = make.plan([house.organiser], [*house.members, house.stranger])
    assert refused(call_meeting, plan, actor=house.admin).code == "not_eligible"


def test_other_branch_can_not_be_named_as_host(house):
    plan = make.plan([house.organiser], joint_hosts=[house.sibling])
    assert refused(call_meeting, plan, actor=house.admin).code == "foreign_host"


def test_meeting_without_organiser_is_refused(house):
    assert refused(call_meeting, make.plan([]), actor=house.admin).code == "organiser_required"


def test_same_meeting_twice_is_refused(house):
    plan = make.plan([house.organiser])
    call_meeting(plan, actor=house.admin)
    assert refused(call_meeting, plan, actor=house.admin).code == "already_called"
    assert Meeting.objects.count() == 1


def test_post_holder_may_call_and_member_may_not(house):
    plan = make.plan([house.organiser])
    assert refused(call_meeting, plan, actor=house.organiser.account).code == "may_not_call"
    make.secretary(house.organiser)
    assert call_meeting(plan, actor=house.organiser.account).organization == house.branch


def test_frozen_admin_may_not_call(house):
    house.admin.state = AccountState.FROZEN
    assert refused(call_meeting, make.plan([house.organiser]), actor=house.admin).code == "may_not_call"


def test_admin_of_a_dissolved_organisation_learns_whom_to_ask(house):
    Organization.objects.filter(pk=house.branch.pk).update(state="dissolved")
    actor = Account.objects.get(pk=house.admin.pk)
    error = refused(call_meeting, make.plan([house.organiser]), actor=actor)
    assert (error.code, "联系直属上级党委" in error.message) == ("may_not_call", True)


def test_draft_is_silent_until_published(house):
    meeting = call_meeting(make.plan([house.organiser]), actor=house.admin, publish=False)
    assert (meeting.phase, Message.objects.count()) == (Phase.DRAFT, 0)
    publish_meeting(meeting, actor=house.admin)
    meeting.refresh_from_db()
    assert (meeting.phase, Message.objects.count()) == (Phase.SCHEDULED, 4)
    assert refused(publish_meeting, meeting, actor=house.admin).code == "wrong_state"


def test_change_of_place_is_told_and_new_people_are_called(house):
    plan = make.plan([house.organiser], house.members[:1])
    meeting = call_meeting(plan, actor=house.admin)
    changed = make.plan(
        [house.organiser], house.members[1:], starts_at=plan.starts_at, title=plan.title, place="礼堂"
    )
    update_meeting(meeting, changed, actor=house.admin)
    told = {
        (m.recipient, m.title.split("：")[0]) for m in Message.objects.exclude(recipient=house.members[0])
    }
    assert told == {
        (house.organiser, "会议通知"),
        (house.organiser, "会议变更"),
        *((member, "会议通知") for member in house.members[1:]),
    }
    assert {row.member for row in meeting.participants.all()} == {house.organiser, *house.members[1:]}


def test_every_change_of_place_is_told_and_its_repetition_is_not(house):
    plan = make.plan([house.organiser], house.members[:1])
    meeting = call_meeting(plan, actor=house.admin)
    for place in ("礼堂", "三楼会议室", "礼堂", "礼堂"):
        update_meeting(meeting, replace(plan, place=place), actor=house.admin)
    told = Message.objects.filter(recipient=house.members[0], title__startswith="会议变更").order_by("id")
    assert ["礼堂" in message.body for message in told] == [True, False, True]


def titles(member: Member) -> list[str]:
    rows = Message.objects.filter(recipient=member).order_by("id")
    return [message.title.split("：")[0] for message in rows]


def test_who_is_removed_is_told_and_hears_again_when_called_again(house):
    plan = make.plan([house.organiser], house.members)
    meeting = call_meeting(plan, actor=house.admin)
    for people in (house.members[1:], house.members):
        update_meeting(meeting, replace(plan, participants=people), actor=house.admin)
    assert titles(house.members[0]) == ["会议通知", "会议名单调整", "会议通知"]
    assert titles(house.members[1]) == titles(house.organiser) == ["会议通知"]


@pytest.mark.promise("F43")
def test_the_audit_says_whom_a_change_put_on_the_list_and_took_off_it(house):
    """Rows that are deleted leave no history of their own."""
    one, two, three = house.members
    plan = make.plan([house.organiser], [one, two])
    meeting = call_meeting(plan, actor=house.admin)
    update_meeting(meeting, replace(plan, organisers=[two], participants=[two, three]), actor=house.admin)
    entry = AuditEntry.objects.get(verb="meeting.updated")
    assert entry.data == {
        "fields": [],
        "people": True,
        "added": [three.pk],
        "removed": sorted([house.organiser.pk, one.pk]),
        "organisers_before": [house.organiser.pk],
        "organisers": [two.pk],
    }
    changed = replace(plan, organisers=[two], participants=[two, three], place="礼堂")
    update_meeting(meeting, changed, actor=house.admin)
    assert AuditEntry.objects.latest("pk").data == {"fields": ["place"], "people": False}


def test_who_is_removed_from_a_draft_hears_nothing(house):
    plan = make.plan([house.organiser], house.members)
    meeting = call_meeting(plan, actor=house.admin, publish=False)
    update_meeting(meeting, replace(plan, participants=house.members[1:]), actor=house.admin)
    assert titles(house.members[0]) == []


def test_people_put_on_the_list_meanwhile_are_not_dropped(house):
    plan = make.plan([house.organiser], house.members[:1])
    meeting = call_meeting(plan, actor=house.admin)
    shown = audience_of(meeting).fingerprint
    add_participants(meeting, house.members[1:2], actor=house.admin)
    changed = replace(plan, place="礼堂")
    error = refused(update_meeting, meeting, changed, actor=house.admin, shown=shown)
    meeting.refresh_from_db()
    assert (error.code, error.status, meeting.place) == ("people_changed", 409, plan.place)
    assert {row.member for row in meeting.participants.all()} == {house.organiser, *house.members[:2]}
    update_meeting(meeting, changed, actor=house.admin, shown=audience_of(meeting).fingerprint)
    assert {row.member for row in meeting.participants.all()} == {house.organiser, house.members[0]}


def test_list_is_full_for_those_who_call_and_those_who_add(house, settings):
    settings.MEETING_MAX_PEOPLE = 3
    error = refused(call_meeting, make.plan([house.organiser], house.members), actor=house.admin)
    assert (error.code, error.field) == ("too_many_people", "participants")
    meeting = call_meeting(make.plan([house.organiser], house.members[:2]), actor=house.admin)
    error = refused(add_participants, meeting, house.members[2:], actor=house.admin)
    assert (error.code, error.field) == ("too_many_people", "members")
    assert add_participants(meeting, house.members[:2], actor=house.admin) == 0


@pytest.mark.parametrize("gone", ["branch", "sibling", "committee"])
@pytest.mark.parametrize("state", ["dissolved", "merged", "recycled"])
def test_draft_is_not_published_in_the_name_of_who_is_gone(house, gone, state):
    plan = make.plan([house.organiser], joint_hosts=[house.branch, house.sibling])
    meeting = call_meeting(plan, actor=house.committee_admin, publish=False)
    row = getattr(house, gone)
    at = timezone.now() if state == "recycled" else None
    Organization.objects.filter(pk=row.pk).update(state=state, recycled_at=at)
    error = refused(publish_meeting, meeting, actor=house.committee_admin)
    assert (error.code, error.status, row.name in error.message) == ("host_gone", 409, True)
    assert not Message.objects.exists()


def test_draft_is_published_by_who_may_still_call(house):
    post = make.secretary(house.organiser)
    actor = house.organiser.account
    meeting = call_meeting(make.plan([house.organiser]), actor=actor, publish=False)
    post.until = timezone.localdate()
    post.save()
    assert refused(publish_meeting, meeting, actor=actor).code == "may_not_call"
    assert publish_meeting(meeting, actor=house.admin).phase == Phase.SCHEDULED


@pytest.mark.parametrize(
    ("phase", "field", "allowed"),
    [
        ("draft", "people", True),
        ("scheduled", "people", True),
        ("running", "people", False),
        ("running", "place", True),
        ("awaiting_minutes", "place", True),
        ("awaiting_minutes", "people", False),
        ("closed", "place", False),
        ("cancelled", "place", False),
    ],
)
def test_what_may_change_in_each_phase(house, phase, field, allowed):
    meeting = make.meeting_in(phase, house.admin, [house.organiser], house.members[:2])
    same = {
        name: getattr(meeting, name) for name in ("kind", "title", "agenda", "place", "starts_at", "ends_at")
    }
    people = house.members if field == "people" else house.members[:2]
    plan = make.plan([house.organiser], people, **(same | ({"place": "礼堂"} if field == "place" else {})))
    if allowed:
        update_meeting(meeting, plan, actor=house.admin)
    else:
        assert refused(update_meeting, meeting, plan, actor=house.admin).code == "not_editable"


@pytest.mark.parametrize(
    ("phase", "says"),
    [
        ("running", "现在可以修改会议主题、议程、地点、结束时间；"),
        ("awaiting_minutes", "现在可以修改会议主题、议程、地点；"),
        ("closed", "请在纪要中写明"),
        ("cancelled", "请重新发起"),
    ],
)
def test_refused_change_says_what_may_be_changed_then(house, phase, says):
    meeting = make.meeting_in(phase, house.admin, [house.organiser], house.members)
    with pytest.raises(RuleError) as refused:
        must_be_editable(meeting, {"starts_at", "people"})
    assert "不能修改开始时间、参会人员。" in refused.value.message and says in refused.value.message
    assert ("可以修改" in refused.value.message) is (phase not in ("closed", "cancelled"))


@pytest.mark.parametrize("phase", [p.value for p in Phase])
def test_what_may_be_cancelled(house, phase):
    meeting = make.meeting_in(phase, house.admin, [house.organiser], house.members)
    if phase in ("closed", "cancelled"):
        assert refused(cancel_meeting, meeting, actor=house.admin, reason="改期").code == "wrong_state"
    else:
        assert cancel_meeting(meeting, actor=house.admin, reason="改期").phase == Phase.CANCELLED
        assert not Participant.objects.filter(meeting=meeting, settled=False).exists()


def test_cancelling_needs_a_reason(house):
    meeting = make.meeting(house.admin, [house.organiser])
    assert refused(cancel_meeting, meeting, actor=house.admin, reason=" ").code == "reason_required"


def test_only_the_caller_changes_a_meeting(house):
    meeting = make.meeting(house.admin, [house.organiser])
    for actor in (house.sibling_admin, house.committee_admin, house.members[0].account):
        assert refused(cancel_meeting, meeting, actor=actor, reason="改期").code == "not_organiser"


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"ends_at": timezone.now() - timedelta(days=9)}, "meeting_ends_after_start"),
        ({"state": "closed"}, "meeting_closed_has_its_time"),
        ({"kind": "party"}, "meeting_kind_known"),
        ({"title": ""}, "meeting_named_and_placed"),
    ],
)
def test_database_refuses_what_can_not_be(house, values, constraint):
    meeting = make.meeting(house.admin, [house.organiser])
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Meeting.objects.filter(pk=meeting.pk).update(**values)


def test_general_branch_calls_members_of_its_branches(house):
    general = make.organization("总支", nature=Nature.GENERAL_BRANCH, below=house.committee)
    branch = make.organization("丙支部", below=general)
    people = [make.member(branch) for _ in range(2)]
    meeting = call_meeting(make.plan(people[:1], people), actor=make.admin(general))
    assert meeting.organization == general
    assert set(meeting.participants.values_list("member", flat=True)) == {member.pk for member in people}


@pytest.mark.promise("F45")
def test_organisers_are_few_also_of_a_joint_meeting(house, settings):
    """Organisers attend without a scan: nineteen of them and one scan must not pay twenty."""
    people = [make.member(house.branch) for _ in range(settings.MEETING_MAX_ORGANISERS + 1)]
    for actor, more in ((house.admin, {}), (house.committee_admin, {"joint_hosts": [house.branch]})):
        with pytest.raises(RuleError) as refused:
            make.meeting(actor, people, [*people, *house.members], **more)
        assert (refused.value.code, refused.value.field) == ("too_many_organisers", "organisers")
    assert make.meeting(house.admin, people[1:], [*people, *house.members])
