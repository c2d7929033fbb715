"""A member scans a code. Exactly one scan checks in, however many arrive at once."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError
from django.utils import timezone

from accounts.models import Account
from meetings import codes
from meetings.enums import (
    ACCEPTED,
    ATTENDED,
    CHECK_IN_OPEN,
    MAY_CHECK_IN,
    Attendance,
    Method,
    Phase,
    ScanResult,
)
from meetings.models import Meeting, Participant, UninvitedScan
from meetings.phases import opening
from meetings.queries.lists import MyMeeting, with_my_part
from meetings.queries.people import may_be_asked, may_print
from members.models import Member
from sanjin.common.audit import audited
from sanjin.common.formats import minute


@dataclass(frozen=True)
class ScanAnswer:
    """F13: what the screen says. `meeting` is None where the member may not know about it; `repeated`: the same
    request came before (same nonce), and this is its first result again."""

    result: ScanResult
    detail: str
    meeting: Meeting | None = None
    checked_in_at: datetime | None = None
    repeated: bool = False

    @property
    def title(self) -> str:
        return self.result.label

    @property
    def accepted(self) -> bool:
        return self.result in ACCEPTED

    @property
    def on_time(self) -> bool | None:
        """None where nothing was recorded."""
        if self.checked_in_at is None or self.meeting is None:
            return None
        return self.checked_in_at <= self.meeting.ends_at


def check_in(
    member: Member,
    *,
    actor: Account,
    code: str,
    device: str,
    nonce: str = "",
    now: datetime | None = None,
) -> ScanAnswer:
    """Check a member in by the text of a scanned code (F10, F13; threats.md). Never raises: each answer is a result.

    member: with organisation loaded. device: id of the phone that holds the token; one phone checks in one member per
    meeting. nonce: the client's key of this request; a repeat returns the first result. Past the end it is 迟到.
    """
    now = now or timezone.now()
    scanned = codes.read(code)
    meeting = _look_up(scanned.meeting, member) if scanned else None
    if scanned is None or meeting is None:
        return ScanAnswer(
            ScanResult.FOREIGN_CODE,
            "扫到的不是三晋先锋的会议签到码。请扫描组织者出示的、本次会议的签到码。",
        )
    refusal = _refusal(meeting, scanned, member, nonce, now)
    return refusal or _record(meeting, scanned, member, actor=actor, device=device, nonce=nonce, now=now)


def _look_up(uuid: UUID, member: Member) -> "MyMeeting | None":
    """The meeting and the member's own row in one query; the host is read only where a printed code asks for it."""
    found = with_my_part(Meeting.objects.filter(uuid=uuid), member)
    return next(iter(found), None)


def _refusal(
    meeting: "MyMeeting", scanned: codes.Code, member: Member, nonce: str, now: datetime
) -> ScanAnswer | None:
    """Why this scan can't check in, or None. The order is the promise: whom it concerns, what is done, when, which code."""
    phase = meeting.phase_at(now)
    if not member.in_good_standing:
        return _not_normal(member)
    if meeting.my_pk is None and not may_be_asked(meeting, member):
        return _other_branch()
    if meeting.my_state in ATTENDED:
        return _already(meeting, nonce)
    if phase not in CHECK_IN_OPEN:
        return _closed(meeting, phase)
    if meeting.my_pk is None:
        return _not_invited(meeting, member, fresh=scanned.fresh_at(now))
    if not scanned.fresh_at(now) or (scanned.printable and not may_print(meeting)):
        return _expired(meeting, scanned)
    return None


def _record(
    meeting: Meeting,
    scanned: codes.Code,
    member: Member,
    *,
    actor: Account,
    device: str,
    nonce: str,
    now: datetime,
) -> ScanAnswer:
    late = now > meeting.ends_at
    changes = {
        "state": Attendance.LATE if late else Attendance.PRESENT,
        "method": Method.SCREENSHOT if scanned.printable else Method.CODE,
        "checked_in_at": now,
        "device": device,
        "nonce": nonce,
        "by": actor,
        "reason": "",
    }
    try:
        with audited("meeting.checked_in", actor=actor, subject=meeting, late=late, method=changes["method"]):
            if not _take(meeting.pk, member.pk, changes):
                raise _Overtaken
    except _Overtaken:
        return _after_the_race(meeting.uuid, member, nonce, now)
    except IntegrityError as error:
        if "one_device_per_meeting" not in str(error):
            raise
        return _other_device(meeting)
    return _welcome(meeting, now)


def _take(meeting: int, member: int, changes: dict) -> int:
    """The one conditional UPDATE. Its conditions stand on the row itself: after waiting for another writer PostgreSQL
    looks at the row again, but not at what a subquery saw before."""
    open_row = Participant.objects.filter(
        meeting_id=meeting, member_id=member, settled=False, state__in=list(MAY_CHECK_IN)
    )
    return open_row.update(**changes)


class _Overtaken(Exception):
    """Somebody else changed the row between reading and writing: roll back, read again, answer from what is there."""


def _after_the_race(uuid: UUID, member: Member, nonce: str, now: datetime) -> ScanAnswer:
    meeting = _look_up(uuid, member)
    assert meeting is not None  # meetings are cancelled, never deleted
    if meeting.my_state in ATTENDED:
        return _already(meeting, nonce)
    return _closed(meeting, meeting.phase_at(now))


def _welcome(meeting: Meeting, at: datetime, repeated: bool = False) -> ScanAnswer:
    if at > meeting.ends_at:
        words = "会议结束时间已过，本次签到记为迟到，不积分。如有疑问请联系组织者。"
        return ScanAnswer(ScanResult.LATE_OK, words, meeting, at, repeated)
    words = "已记录您准时到会。"
    return ScanAnswer(ScanResult.OK, words, meeting, at, repeated)


def _already(meeting: "MyMeeting", nonce: str) -> ScanAnswer:
    at = meeting.my_time
    if meeting.my_method == Method.ORGANISER:
        words = "您是这次会议的组织者，已自动签到，不需要扫码。"
        return ScanAnswer(ScanResult.ALREADY, words, meeting, at)
    assert at is not None  # `participant_check_in_has_its_time`
    if nonce and nonce == meeting.my_nonce:
        return _welcome(meeting, at, repeated=True)
    if meeting.my_method == Method.PROXY:
        words = f"组织者已于{minute(at)}为您代签到，不需要再扫码。"
    else:
        words = f"您已于{minute(at)}签到，不需要再扫码。"
    return ScanAnswer(ScanResult.ALREADY, words, meeting, at)


def _closed(meeting: Meeting, phase: Phase) -> ScanAnswer:
    if phase in (Phase.SCHEDULED, Phase.DRAFT):
        words = f"会议{minute(meeting.starts_at)}开始，{minute(meeting.starts_at - opening())}起可以签到。请到时再扫码。"
        return ScanAnswer(ScanResult.NOT_STARTED, words, meeting)
    if phase == Phase.CANCELLED:
        words = f"会议已取消，不需要签到。原因：{meeting.cancel_reason}"
    else:
        words = "纪要已提交，签到已截止，不能再补签，本次不积分。有疑问请联系本支部管理员。"
    return ScanAnswer(ScanResult.ENDED, words, meeting)


def _not_invited(meeting: Meeting, member: Member, *, fresh: bool) -> ScanAnswer:
    if fresh:  # an old picture of a code proves no presence; it must not fill the organiser's list
        UninvitedScan.objects.bulk_create(
            [UninvitedScan(meeting=meeting, member=member)], ignore_conflicts=True
        )
    words = "您是本支部党员，但不在这次会议的名单里。请组织者在参会人员页点“加入名单”，然后再扫一次。"
    return ScanAnswer(ScanResult.NOT_INVITED, words, meeting)


def _not_normal(member: Member) -> ScanAnswer:
    words = f"您的党籍状态是“{member.get_state_display()}”，不能签到，也不积分。如登记有误，请联系本支部管理员更正。"
    return ScanAnswer(ScanResult.NOT_NORMAL, words)


def _other_branch() -> ScanAnswer:
    words = "这是其他党组织的会议签到码，您不在参会名单。请扫描本支部会议的签到码。"
    return ScanAnswer(ScanResult.OTHER_BRANCH, words)


def _expired(meeting: Meeting, scanned: codes.Code) -> ScanAnswer:
    if scanned.printable:
        words = "上级党组织要求使用现场的动态签到码，打印或截图的不能使用。请扫描现场屏幕上的签到码。"
    else:
        words = (
            f"签到码每 {settings.MEETING_CODE_STEP_SECONDS} 秒更新一次，您扫到的是旧码。"
            "请对准组织者现在出示的签到码再扫一次。"
        )
    return ScanAnswer(ScanResult.CODE_EXPIRED, words, meeting)


def _other_device(meeting: Meeting) -> ScanAnswer:
    words = "这部手机已在本次会议为另一名党员签到，一部手机只能为一人签到。请用您自己的手机登录后再扫；没有手机请组织者代签到。"
    return ScanAnswer(ScanResult.OTHER_DEVICE, words, meeting)
