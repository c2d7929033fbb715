"""Words of a member and of what happens to its record."""

from django.db.models import TextChoices

# Kinds of jobs: check a workbook, import it, split a superior's register by branch.
CHECK, IMPORT, SPLIT = "members.check", "members.import", "members.split"


class Sex(TextChoices):
    """Comes from the ID number; what is unknown is its own column, so that totals always add up (F38)."""

    MALE = "male", "男"
    FEMALE = "female", "女"
    UNKNOWN = "unknown", "未知"


class MemberKind(TextChoices):
    FULL = "full", "正式党员"
    PROBATIONARY = "probationary", "预备党员"


class MemberState(TextChoices):
    """党籍状态 (rules.md §8). Only NORMAL counts (rules.md §1); lost contact and floating are flags beside it."""

    NORMAL = "normal", "正常"
    SUSPENDED = "suspended", "停止党籍"
    LEFT = "left", "出党"
    DECEASED = "deceased", "已去世"
    RECYCLED = "recycled", "回收站"


# Whose membership is stopped still sees the own record; who left or died, and who is in the bin, is no member any more.
MAY_LOG_IN = frozenset({MemberState.NORMAL, MemberState.SUSPENDED})


class ReturnState(TextChoices):
    OPEN = "open", "待处理"
    DONE = "done", "已归还"
    DECLINED = "declined", "未归还"


class PartState(TextChoices):
    """Of what was handed down to a branch out of its superior's register (F32)."""

    WAITING = "waiting", "待导入"
    IMPORTED = "imported", "已导入"
    DECLINED = "declined", "已退回"
    REPLACED = "replaced", "已被新名册替换"
    MERGED = "merged", "已并入新名册"
    EXPIRED = "expired", "已过期"


class MessageKind(TextChoices):
    MEETING = "meeting", "会议"
    ACCOUNT = "account", "账号"
    POINTS = "points", "积分"
