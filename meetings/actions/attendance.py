"""Attendance that is not a scan: by proxy, on leave, withdrawn."""

from django.utils import timezone

from accounts.models import Account
from meetings.actions.awards import take_back
from meetings.actions.guards import locked, managed, must_be_in, participant_of
from meetings.actions.notices import tell
from meetings.enums import (
    ATTENDED,
    CHECK_IN_OPEN,
    LEAVE_OPEN,
    MAY_CHECK_IN,
    WITHDRAWAL_OPEN,
    Attendance,
    Method,
    Phase,
)
from meetings.models import Meeting, Participant
from meetings.queries.proxies import refusal_of
from members.models import Member
from sanjin.common.audit import audited
from sanjin.common.errors import RuleError
from sanjin.common.formats import minute
from sanjin.common.reasons import check_reason


def proxy_check_in(meeting: Meeting, member: Member, *, actor: Account, reason: str) -> Participant:
    """An organiser signs in for a member without a phone or with the approved exemption (F11, F15).

    RuleError: `not_organiser`, `can_scan`, `phone_removed_lately` (403), `not_participant` (404), `wrong_state`, `already`
    (409), `reason_required`.
    """
    reason = check_reason(reason)
    with managed("meeting.proxy_checked_in", meeting, actor, reason=reason) as (meeting, entry):
        entry.data = {"member": member.pk}
        if refusal := refusal_of(member):
            raise refusal
        must_be_in(meeting, CHECK_IN_OPEN, "代签到")
        row = participant_of(meeting, member)
        _must_be_open(row)
        now = timezone.now()
        row.state = Attendance.LATE if now > meeting.ends_at else Attendance.PRESENT
        row.method, row.checked_in_at, row.by, row.reason = Method.PROXY, now, actor, reason
        row.save(update_fields=["state", "method", "checked_in_at", "by", "reason"])
        tell(
            meeting,
            [member.pk],
            topic="proxy",
            change=entry.uuid,
            title=f"已代您签到：{meeting.title}",
            body=f"组织者于{minute(now)}为您代签到，说明：{reason}。如与事实不符，请联系支部管理员。",
        )
    return row


def withdraw_check_in(meeting: Meeting, member: Member, *, actor: Account, reason: str) -> Participant:
    """Undo a wrong check-in, with a reason (F13). After closing the points go back too, and the allowance in its own
    window.

    RuleError: `not_organiser` (403), `not_participant` (404), `wrong_state`, `not_checked_in` (409), `reason_required`.
    """
    reason = check_reason(reason)
    with managed("meeting.check_in_withdrawn", meeting, actor, reason=reason) as (meeting, entry):
        entry.data = {"member": member.pk}
        phase = must_be_in(meeting, WITHDRAWAL_OPEN, "撤回签到")
        row = participant_of(meeting, member)
        if row.state not in ATTENDED:
            raise RuleError("not_checked_in", f"{member.name}没有签到，不需要撤回。请刷新页面。", status=409)
        if phase == Phase.CLOSED:
            take_back(meeting, row, actor=actor, reason=reason)
            _uncount(meeting, row)
        _clear(row, reason, actor, closed=phase == Phase.CLOSED)
        tell(
            meeting,
            [member.pk],
            topic="withdrawn",
            change=entry.uuid,
            title=f"签到已撤回：{meeting.title}",
            body=f"组织者撤回了您的签到，原因：{reason}。如有疑问，请联系组织者。",
        )
    return row


def ask_leave(meeting: Meeting, *, actor: Account, reason: str) -> Participant:
    """A participant asks for leave before the end; coming after all is still possible.

    RuleError: `not_participant` (404), `wrong_state`, `already`, `organiser_stays` (409), `reason_required`.
    """
    reason = check_reason(reason)
    with audited("meeting.leave_asked", actor=actor, subject=meeting, reason=reason):
        meeting = locked(meeting)
        must_be_in(meeting, LEAVE_OPEN, "请假")
        row = participant_of(meeting, actor.member)
        if row.organiser:
            raise RuleError(
                "organiser_stays",
                "您是这次会议的组织者，不能请假。请支部管理员先在后台更换组织者。",
                status=409,
            )
        _must_be_open(row)
        row.state, row.reason = Attendance.LEAVE, reason
        row.save(update_fields=["state", "reason"])
    return row


def _must_be_open(row: Participant) -> None:
    if row.state not in MAY_CHECK_IN:
        raise RuleError(
            "already", f"{row.member.name}的签到情况是“{row.get_state_display()}”，不需要再登记。", status=409
        )


def _uncount(meeting: Meeting, row: Participant) -> None:
    """The closed meeting's numbers without this row, as `signed_in` would count them."""
    if row.method == Method.ORGANISER:
        return
    meeting.signed -= 1
    meeting.proxies -= row.method == Method.PROXY
    meeting.save(update_fields=["signed", "proxies"])


def _clear(row: Participant, reason: str, actor: Account, *, closed: bool) -> None:
    row.state = Attendance.ABSENT if closed else Attendance.INVITED
    row.method = row.device = row.nonce = ""
    row.checked_in_at, row.by, row.reason = None, actor, reason
    row.save()
