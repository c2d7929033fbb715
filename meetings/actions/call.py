"""Call, change, publish and cancel a meeting."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import IntegrityError
from django.utils import timezone

from accounts.models import Account
from meetings.actions.guards import managed, must_be_editable, must_call
from meetings.actions.notices import tell_called, tell_cancelled, tell_changed, tell_removed
from meetings.actions.people import enlist
from meetings.actions.plan import FIELDS, Audience, MeetingPlan, audience_of, fingerprint, resolve
from meetings.enums import NEXT, MeetingState
from meetings.models import Host, Meeting
from meetings.permissions import host_of
from meetings.phases import first_reminder
from meetings.queries.people import hosts_of
from meetings.validators import check_times
from organizations.actions import hold
from organizations.enums import OrganizationState
from organizations.models import Organization
from sanjin.common.audit import about, audited
from sanjin.common.errors import RuleError
from sanjin.common.reasons import check_reason
from sanjin.common.states import step


def call_meeting(plan: MeetingPlan, *, actor: Account, publish: bool = True) -> Meeting:
    """Call a meeting for the actor's organisation (F45, F47) and tell its participants; or keep it as a draft.

    Organisers attend from this moment (F12). RuleError: `may_not_call` (403), `foreign_host`, `not_eligible` (400),
    `already_called`, `organization_changed` (409), and those of `validators` (400).
    """
    must_call(actor)
    host = host_of(actor)
    check_times(plan.starts_at, plan.ends_at)
    hosts = [host, *_joint(plan, host, actor)]
    audience = resolve(plan, hosts)
    with audited(
        "meeting.called", actor=actor, organization=host, participants=len(audience.everyone)
    ) as entry:
        hold(*hosts)
        meeting = _create(plan, host, actor)
        Host.objects.bulk_create([Host(meeting=meeting, organization=one) for one in hosts])
        enlist(meeting, audience.everyone, organisers=audience.organisers)
        about(entry, meeting)
        if publish:
            _publish(meeting, audience.everyone, change=entry.uuid)
    return meeting


def publish_meeting(meeting: Meeting, *, actor: Account) -> Meeting:
    """草稿 → 已发布: participants see it and are told.

    What was right when the draft was made is asked again, since it may have waited long. RuleError: `not_organiser`,
    `may_not_call` (403), `host_gone`, `organization_changed`, `wrong_state` (409), and those of `check_times`.
    """
    with managed("meeting.published", meeting, actor) as (meeting, entry):
        _hosts_must_stand(meeting)
        must_call(actor)
        check_times(meeting.starts_at, meeting.ends_at)
        _publish(meeting, meeting.participants.values_list("member", flat=True), change=entry.uuid)
    return meeting


def update_meeting(
    meeting: Meeting, plan: MeetingPlan, *, actor: Account, shown: str = "", read: str = ""
) -> Meeting:
    """Change what the phase lets change (`enums.EDITABLE`); people hear of a new time or place, and that they are on
    the list or no longer on it.

    shown: `Audience.fingerprint` of the list that the plan was made from: the plan names everybody, so one who was put
    on the list meanwhile would be dropped by it. read: `plan.fingerprint` of the meeting as it was then, or the change
    of two windows would be the last one's alone. Hosts stay as they were called. RuleError: `not_organiser` (403),
    `not_eligible` (400), `meeting_changed`, `people_changed`, `not_editable`, `already_called` (409), and those of
    `validators` (400).
    """
    with managed("meeting.updated", meeting, actor) as (meeting, entry):
        _must_be_as_read(meeting, read)
        changed = {name for name in FIELDS if getattr(meeting, name) != getattr(plan, name)}
        listed = audience_of(meeting)
        _must_be_as_shown(listed, shown)
        audience = resolve(plan, list(hosts_of(meeting)), listed=listed)
        regroup = audience != listed
        must_be_editable(meeting, changed | ({"people"} if regroup else set()))
        if changed & {"starts_at", "ends_at"}:
            check_times(plan.starts_at, plan.ends_at)
        entry.data = {"fields": sorted(changed), "people": regroup}
        if regroup:  # rows that are deleted leave no history: whom it was, only this says (F43)
            entry.data |= _moves(listed, audience)
        _apply(meeting, plan, changed)
        if regroup:
            _regroup(meeting, listed, audience)
        if meeting.state == MeetingState.PUBLISHED:
            joined, moved = audience.everyone - listed.everyone, changed & {"starts_at", "ends_at", "place"}
            tell_called(meeting, joined, change=entry.uuid)
            tell_removed(meeting, listed.everyone - audience.everyone, change=entry.uuid)
            if moved:
                tell_changed(meeting, audience.everyone - joined, change=entry.uuid)
    return meeting


def cancel_meeting(meeting: Meeting, *, actor: Account, reason: str) -> Meeting:
    """草稿 or 已发布 → 已取消; check-in ends and participants are told.

    RuleError: `not_organiser` (403), `wrong_state` (409), `reason_required`.
    """
    reason = check_reason(reason)
    with managed("meeting.cancelled", meeting, actor, reason=reason) as (meeting, _):
        told = meeting.state == MeetingState.PUBLISHED
        meeting.state = step(NEXT, meeting.state, MeetingState.CANCELLED)
        meeting.cancel_reason, meeting.remind_at = reason, None
        meeting.save(update_fields=["state", "cancel_reason", "remind_at"])
        meeting.participants.update(settled=True)
        if told:
            tell_cancelled(meeting, meeting.participants.values_list("member", flat=True))
    return meeting


def _joint(plan: MeetingPlan, host: Organization, actor: Account) -> list[Organization]:
    """Joint hosts must be active and in the actor's scope: a superior holds a meeting with its branches."""
    others = [one for one in plan.joint_hosts if one.pk != host.pk]
    wanted = [one.pk for one in others]
    if others and Organization.objects.within(actor).active().filter(pk__in=wanted).count() != len(
        set(wanted)
    ):
        raise RuleError(
            "foreign_host",
            "联合主办的组织不在您的管理范围。请由共同的上级党组织发起，并选择这些支部联合主办。",
            field="joint_hosts",
        )
    return others


def _hosts_must_stand(meeting: Meeting) -> None:
    """Code `host_gone` (409): nothing is held in the name of an organisation that is dissolved, merged or deleted."""
    hosts = list(Organization.objects.filter(hosted__meeting=meeting))
    gone = next((host for host in hosts if host.state != OrganizationState.ACTIVE), None)
    if gone:
        raise RuleError(
            "host_gone",
            f"主办组织“{gone}”的状态是“{gone.get_state_display()}”，不能再以它的名义召开会议。"
            "请取消这份草稿，由状态正常的组织重新发起。",
            status=409,
        )
    hold(*hosts)


def _must_be_as_read(meeting: Meeting, read: str) -> None:
    if read and read != fingerprint(meeting):
        raise RuleError(
            "meeting_changed",
            "您填写期间，这次会议已在别处修改过，为避免覆盖，本次没有保存。请重新打开“修改”页面，核对后再填写保存。",
            status=409,
        )


def _must_be_as_shown(listed: Audience, shown: str) -> None:
    if shown and shown != listed.fingerprint:
        raise RuleError(
            "people_changed",
            "您填写期间，参会名单被其他人修改过，为避免漏掉人员，本次没有保存。请重新打开“修改”页面，核对名单后再填写保存。",
            status=409,
        )


def _create(plan: MeetingPlan, host: Organization, actor: Account) -> Meeting:
    with _called_once():
        return Meeting.objects.create(
            organization=host, called_by=actor, **{name: getattr(plan, name) for name in FIELDS}
        )


@contextmanager
def _called_once() -> Iterator[None]:
    """The database refuses the same meeting twice (a double click, a repeated request); this says so."""
    try:
        yield
    except IntegrityError as error:
        if "meeting_called_once" not in str(error):
            raise
        raise RuleError(
            "already_called",
            "同一时间已有同名的会议，可能是重复提交。请在会议列表查看，确需再开一次请修改主题。",
            field="title",
            status=409,
        )


def _publish(meeting: Meeting, members: Iterable[int], *, change: UUID) -> None:
    meeting.state = step(NEXT, meeting.state, MeetingState.PUBLISHED)
    meeting.published_at = timezone.now()
    meeting.remind_at = first_reminder(meeting.ends_at)
    meeting.save(update_fields=["state", "published_at", "remind_at"])
    tell_called(meeting, members, change=change)


def _apply(meeting: Meeting, plan: MeetingPlan, changed: set[str]) -> None:
    for name in changed:
        setattr(meeting, name, getattr(plan, name))
    if meeting.state == MeetingState.PUBLISHED:
        meeting.remind_at = first_reminder(meeting.ends_at)
    with _called_once():
        meeting.save(update_fields=[*FIELDS, "remind_at"])


def _moves(before: Audience, after: Audience) -> dict[str, list[int]]:
    """Ids of members: put on the list, taken off it, and who organised before and who does now."""
    return {
        "added": sorted(after.everyone - before.everyone),
        "removed": sorted(before.everyone - after.everyone),
        "organisers_before": sorted(before.organisers),
        "organisers": sorted(after.organisers),
    }


def _regroup(meeting: Meeting, before: Audience, audience: Audience) -> None:
    """Make the list equal to `audience`. Only before check-in opens, so nobody's arrival is lost."""
    meeting.participants.exclude(member__in=audience.everyone).delete()
    meeting.participants.filter(member__in=before.organisers ^ audience.organisers).delete()
    enlist(meeting, audience.everyone, organisers=audience.organisers)
