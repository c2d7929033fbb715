"""The minutes end a meeting (F14) and pay for it; later versions keep the earlier ones (F46)."""

from django.db import transaction
from django.db.models import Case, Value, When
from django.utils import timezone

from accounts.models import Account
from meetings.actions.awards import award_meeting
from meetings.actions.guards import locked, managed, must_be_in, must_manage
from meetings.enums import NEXT, Attendance, MeetingState, Phase
from meetings.models import Meeting, Minutes
from meetings.queries.people import quorum, signed_in
from meetings.validators import check_minutes
from sanjin.common.audit import audited
from sanjin.common.errors import RuleError
from sanjin.common.reasons import check_reason
from sanjin.common.states import step


def file_minutes(meeting: Meeting, text: str, *, actor: Account) -> Minutes:
    """进行中 or 待交纪要 → 已结束: the first version of the minutes, those who did not come are 缺席, attendance earns.

    All in one transaction, so a meeting is never closed without its points. The same minutes of the same person again
    (an answer that was lost) return the first result; the lock comes before that look, so a repetition waits for the
    first one's end, and the audit comes after it. RuleError: `not_organiser` (403), `wrong_state`, `not_started` (409),
    `minutes_required`, `minutes_too_long` (400).
    """
    text = check_minutes(text)
    with transaction.atomic():
        meeting = locked(meeting)
        must_manage(meeting, actor)
        first = meeting.minutes.filter(version=1, author=actor, text=text).first()
        return first or _file(meeting, text, actor)


def revise_minutes(meeting: Meeting, text: str, *, actor: Account, reason: str) -> Minutes:
    """A new version of the minutes of a closed meeting, in the back office (F46).

    RuleError: `not_organiser`, `back_office_only` (403), `wrong_state` (409), `unchanged`, `reason_required`,
    `minutes_required`, `minutes_too_long` (400).
    """
    text, reason = check_minutes(text), check_reason(reason)
    with managed("meeting.minutes_revised", meeting, actor, reason=reason) as (meeting, _):
        if not actor.is_admin:
            raise RuleError("back_office_only", "纪要提交后只能由支部管理员在后台修改。", status=403)
        must_be_in(meeting, frozenset({Phase.CLOSED}), "修改纪要")
        newest = meeting.minutes.latest("version")
        if newest.text == text:
            raise RuleError("unchanged", "内容与现在的版本相同，没有保存新版本。", field="text")
        return Minutes.objects.create(
            meeting=meeting, version=newest.version + 1, text=text, author=actor, reason=reason
        )


def _file(meeting: Meeting, text: str, actor: Account) -> Minutes:
    with audited("meeting.minutes_filed", actor=actor, subject=meeting) as entry:
        state = step(NEXT, meeting.state, MeetingState.CLOSED)
        _must_have_started(meeting)
        minutes = Minutes.objects.create(meeting=meeting, version=1, text=text, author=actor)
        _settle(meeting)
        _close(meeting, state)
        entry.data = award_meeting(meeting, actor=actor)
    return minutes


def _close(meeting: Meeting, state: str) -> None:
    """After `_settle`: quorum and rate of proxies are taken when nobody can come any more, and kept."""
    numbers = signed_in(meeting)
    meeting.signed, meeting.proxies = numbers["signed"], numbers["proxies"]
    if found := quorum(meeting):
        meeting.voters, meeting.voters_present = found.voters, found.present
    meeting.state, meeting.closed_at, meeting.remind_at = state, timezone.now(), None
    kept = ["voters", "voters_present", "signed", "proxies"]
    meeting.save(update_fields=["state", "closed_at", "remind_at", *kept])


def _settle(meeting: Meeting) -> None:
    """Touch every row once: whoever did not come is absent, and a scan that is under way finds its row changed."""
    absent = When(state=Attendance.INVITED, then=Value(Attendance.ABSENT))
    meeting.participants.update(settled=True, state=Case(absent, default="state"))


def _must_have_started(meeting: Meeting) -> None:
    if not meeting.has_started:
        raise RuleError(
            "not_started", "会议还没有开始，不能提交纪要。请在会议结束后提交，或取消会议。", status=409
        )
