"""The words of points: who earns, how windows are counted, and why an act earned nothing."""

from django.db.models import IntegerChoices, TextChoices


class SubjectKind(IntegerChoices):
    MEMBER = 1, "党员"
    ORGANIZATION = 2, "组织"


class Window(TextChoices):
    """The span in which a cap counts (rules.md §2); it follows the date of the act."""

    DAY = "day", "日"
    MONTH = "month", "月"
    QUARTER = "quarter", "季度"
    YEAR = "year", "年"


class Measure(IntegerChoices):
    """What a cap counts."""

    POINTS = 1, "积分"
    TIMES = 2, "次数"


class Reason(TextChoices):
    """Why an act earned nothing. The label is the sentence for people (F01, F48); `{…}` is filled from the rule."""

    CAP_TIMES = "cap_times", "本{window}已积分（每{window}计 {cap} 次），本次积 0 分"
    CAP_POINTS = "cap_points", "本{window}积分已达上限 {cap} 分，本次积 0 分"
    BELOW_BAND = "below_band", "成绩未达到积分的最低分数，本次积 0 分"
    LATE = "late", "会议结束后签到为迟到，本次积 0 分"
    NO_QUORUM = "no_quorum", "到会人数不足，会议不积分"
    ORGANISERS_ONLY = "organisers_only", "只有组织者到会，会议不积分"
    SPARED = "spared", "无手机或使用智能手机不便，不扣分"
    FLOOR = "floor", "本年积分已为 0，不再扣分"
    NO_RULE = "no_rule", "行为发生时没有生效的积分规则，本次积 0 分"
    NOT_NORMAL = "not_normal", "党籍状态不是“正常”，不积分"
    REVERSED = "reversed", "原积分已冲销"
