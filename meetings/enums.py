"""Words of a meeting. The state machine is a table beside its choices; buttons come from the same table."""

from django.db.models import TextChoices


class MeetingKind(TextChoices):
    """三会一课 and the other activities of a branch; rules.md §2 and §3 have a rule for each."""

    CONGRESS = "congress", "支部党员大会"
    COMMITTEE = "committee", "支委会"
    GROUP = "group", "党小组会"
    LECTURE = "lecture", "党课"
    THEMEDAY = "themeday", "主题党日"
    LIFE = "life", "组织生活会"
    APPRAISAL = "appraisal", "民主评议"
    TRAINING = "training", "教育培训"
    OTHER = "other", "其他活动"


class MeetingState(TextChoices):
    """What is stored. What people see is the phase: the state and the clock together (`meetings.phases`)."""

    DRAFT = "draft", "草稿"
    PUBLISHED = "published", "已发布"
    CLOSED = "closed", "已结束"
    CANCELLED = "cancelled", "已取消"


NEXT: dict[TextChoices, set[TextChoices]] = {
    MeetingState.DRAFT: {MeetingState.PUBLISHED, MeetingState.CANCELLED},
    MeetingState.PUBLISHED: {MeetingState.CLOSED, MeetingState.CANCELLED},
    MeetingState.CLOSED: set(),
    MeetingState.CANCELLED: set(),
}


class Phase(TextChoices):
    """Where a meeting stands at a moment: its state, and the clock while it is published."""

    DRAFT = "draft", "草稿"
    SCHEDULED = "scheduled", "已发布"
    RUNNING = "running", "进行中"
    AWAITING_MINUTES = "awaiting_minutes", "待交纪要"
    CLOSED = "closed", "已结束"
    CANCELLED = "cancelled", "已取消"


# Which fields an organiser or the branch admin may still change in each phase.
WORDS = frozenset({"title", "agenda", "place"})
EVERYTHING = WORDS | {"kind", "starts_at", "ends_at", "people"}
EDITABLE: dict[str, frozenset[str]] = {
    Phase.DRAFT: EVERYTHING,
    Phase.SCHEDULED: EVERYTHING,
    Phase.RUNNING: WORDS | {"ends_at"},
    Phase.AWAITING_MINUTES: WORDS,
    Phase.CLOSED: frozenset(),
    Phase.CANCELLED: frozenset(),
}
# In which phases what may be done. Actions ask these tables, and so do the buttons of pages and app.
OPEN_TO_PEOPLE = frozenset({Phase.DRAFT, Phase.SCHEDULED, Phase.RUNNING, Phase.AWAITING_MINUTES})
CHECK_IN_OPEN = frozenset({Phase.RUNNING, Phase.AWAITING_MINUTES})
CODE_ON_PAPER = CHECK_IN_OPEN | {Phase.SCHEDULED}  # printed or put on a screen before people come
LEAVE_OPEN = frozenset({Phase.SCHEDULED, Phase.RUNNING})
WITHDRAWAL_OPEN = CHECK_IN_OPEN | {Phase.CLOSED}


class Attendance(TextChoices):
    """Every participant is in exactly one of these, so the counts of a meeting always add up."""

    INVITED = "invited", "未签到"
    PRESENT = "present", "已签到"
    LATE = "late", "迟到"
    LEAVE = "leave", "请假"
    ABSENT = "absent", "缺席"


ATTENDED = frozenset({Attendance.PRESENT, Attendance.LATE})
MAY_CHECK_IN = frozenset({Attendance.INVITED, Attendance.LEAVE})


class Method(TextChoices):
    """How somebody came to be signed in; empty for who did not come."""

    ORGANISER = "organiser", "组织者·自动签到"
    CODE = "code", "扫码签到"
    SCREENSHOT = "screenshot", "截图签到"
    PROXY = "proxy", "组织者代签到"


class ScanResult(TextChoices):
    """F13: a scan always gets one of these answers."""

    OK = "ok", "签到成功"
    LATE_OK = "late_ok", "签到成功（迟到）"
    ALREADY = "already", "已签到"
    NOT_INVITED = "not_invited", "您不在参会名单"
    OTHER_BRANCH = "other_branch", "您不在参会名单"
    NOT_STARTED = "not_started", "会议未开始"
    ENDED = "ended", "会议已结束"
    CODE_EXPIRED = "code_expired", "二维码已更新"
    FOREIGN_CODE = "foreign_code", "不是会议签到码"
    OTHER_DEVICE = "other_device", "此手机已为他人签到"
    NOT_NORMAL = "not_normal", "党籍状态不能签到"


ACCEPTED = frozenset({ScanResult.OK, ScanResult.LATE_OK, ScanResult.ALREADY})
