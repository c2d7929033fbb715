"""Where a meeting stands and who acts next (F47): the same words on every page and in the app."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from meetings.enums import Phase
from meetings.models import Meeting
from meetings.phases import opening
from meetings.queries.people import Counts
from sanjin.common.formats import minute, moment

DONE, CURRENT, TODO = "done", "current", "todo"


@dataclass(frozen=True)
class Step:
    """One of a meeting's five steps; `at`: when it was or will be reached, None if nobody knows; `hint`: what
    that time means."""

    label: str
    state: str  # done, current, todo
    at: datetime | None = None
    hint: str = ""


LABELS = ["召集会议", "通知党员", "签到", "提交纪要", "已结束"]
# How many steps are behind each phase; the next one is the current one.
PASSED = {
    Phase.DRAFT: 1,
    Phase.SCHEDULED: 2,
    Phase.RUNNING: 2,
    Phase.AWAITING_MINUTES: 3,
    Phase.CLOSED: 5,
}


def steps(meeting: Meeting, now: datetime | None = None) -> list[Step]:
    """The five steps of a meeting; a cancelled one has two."""
    phase = meeting.phase_at(now)
    if phase == Phase.CANCELLED:
        return [Step(LABELS[0], DONE, meeting.created_at), Step("已取消", CURRENT)]
    passed = PASSED[phase]
    times = [
        meeting.created_at,
        meeting.published_at,
        meeting.starts_at - opening(),
        meeting.closed_at or meeting.ends_at,
        meeting.closed_at,
    ]
    marks = [DONE if i < passed else CURRENT if i == passed else TODO for i in range(len(LABELS))]
    hints = ["", "", f"起（会前 {opening() // timedelta(minutes=1)} 分钟）", "", ""]
    return [Step(*row) for row in zip(LABELS, marks, times, hints, strict=True)]


def next_step(meeting: Meeting, now: datetime | None = None) -> str:
    """One sentence: who does what next, and since when it waits."""
    now = now or timezone.now()
    return {
        Phase.DRAFT: lambda: "尚未发布。核对后点“发布并通知”，参会人员才能看到。",
        Phase.SCHEDULED: lambda: (
            f"已通知参会人员，{moment(meeting.starts_at - opening())} 起可以签到，{moment(meeting.starts_at)} 开始。"
        ),
        Phase.RUNNING: lambda: (
            f"参会人员扫码签到，{moment(meeting.ends_at)} 后签到记为迟到。会后由组织者提交纪要。"
        ),
        Phase.AWAITING_MINUTES: lambda: (
            f"等待组织者提交纪要，已等待{waited(meeting, now)}。提交后会议结束并积分。"
        ),
        Phase.CLOSED: lambda: "纪要已提交，会议已结束。",
        Phase.CANCELLED: lambda: f"会议已取消。原因：{meeting.cancel_reason or '未填写'}。",
    }[meeting.phase_at(now)]()


def waited(meeting: Meeting, now: datetime | None = None) -> str:
    """How long the minutes have been due: `3 天`, `5 小时`, `20 分钟`."""
    seconds = int(((now or timezone.now()) - meeting.ends_at).total_seconds())
    for size, unit in ((86_400, "天"), (3_600, "小时")):
        if seconds >= size:
            return f" {seconds // size} {unit}"
    return f" {max(seconds // 60, 1)} 分钟"


def cut_off(meeting: Meeting, counts: Counts, now: datetime | None = None) -> str:
    """What filing the minutes now cuts off, for page and app to ask before they do; '' after the planned end with nobody
    missing."""
    parts = []
    if (now or timezone.now()) < meeting.ends_at:
        parts.append(f"会议原定{moment(meeting.ends_at)} 结束")
    if counts.invited:
        parts.append(f"还有 {counts.invited} 人未签到")
    return "，".join(parts)


def when(meeting: Meeting) -> str:
    """2026年11月22日 15:00–16:30: for paper and workbooks, which are read on another day and never say 今天."""
    starts, ends = minute(meeting.starts_at), minute(meeting.ends_at)
    same_day = starts.split(" ")[0] == ends.split(" ")[0]
    return f"{starts}–{ends.split(' ')[1] if same_day else ends}"
