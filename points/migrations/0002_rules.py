"""rules.md §2 and §3, first versions, in force from 2020-01-01. Later versions are made by the root in the product."""

from datetime import date
from decimal import Decimal

from django.db import migrations
from django.db.backends.postgresql.psycopg_any import DateRange

MEMBER, ORGANIZATION = 1, 2
QUIZ = [{"from": 60, "score": "0.5"}, {"from": 80, "score": "1"}, {"from": 90, "score": "1.5"}]
LEVELS = [("county", "县级", 5), ("city", "市级", 10), ("province", "省级", 20), ("nation", "国家级", 30)]

# code, name, score, (points cap, window), (times cap, window), who, remark
MEMBERS = [
    ("login.daily", "每日登录", 1, None, (1, "day"), "", "当日首次登录"),
    ("login.absent", "连续 7 天未登录", -1, None, None, "", "每满 7 天扣一次"),
    ("article.read", "阅读文章", 1, (2, "day"), None, "", "满 30 秒，以服务器计时为准"),
    ("media.watch", "观看或收听课程", 2, (4, "day"), None, "", "满 10 分钟，直播回看除外"),
    ("live.watch", "观看直播课堂", 2, (4, "day"), None, "", "直播期间满 10 分钟；回看不积分"),
    ("favourite", "收藏", 0.5, (1, "day"), None, "", "同一内容只计一次"),
    ("like", "点赞", 0.5, (1, "day"), None, "", "同一内容只计一次"),
    ("quiz.practice", "我要答题", 0, (3, "day"), None, "", "每份试卷计一次"),
    ("quiz.contest", "专题竞赛", 0, (3, "day"), None, "", "每份试卷计一次"),
    ("notice.sign", "签阅通知公告", 3, (6, "month"), None, "", "截止时间之前签阅"),
    ("notice.expired", "逾期未签阅通知公告", -3, (6, "month"), None, "", ""),
    ("remote.study", "远程教育学习", 3, (6, "month"), None, "", "当月每满 0.5 小时"),
    ("remote.none", "当月未参加远程教育学习", -3, None, (1, "month"), "", ""),
    ("meeting.congress", "参加支部党员大会", 5, (20, "year"), (1, "quarter"), "", "按时签到"),
    ("meeting.committee", "参加支委会", 5, (60, "year"), (1, "month"), "支委会成员", "按时签到"),
    ("meeting.group", "参加党小组会", 5, (60, "year"), (1, "month"), "", "按时签到"),
    ("meeting.lecture", "参加党课", 5, (5, "year"), None, "", "按时签到"),
    ("meeting.life", "参加组织生活会", 5, (5, "year"), None, "", "按时签到"),
    ("meeting.themeday", "参加主题党日", 5, (60, "year"), (1, "month"), "", "按时签到"),
    ("meeting.training", "参加教育培训", 5, (20, "year"), None, "", "按时签到"),
    ("dues.month", "在线缴纳当月党费", 5, None, (1, "month"), "", "补缴或线下缴纳不积分"),
    ("volunteer", "志愿服务", 2, (10, "month"), None, "", "经审核通过"),
    *((f"honour.{code}", f"{name}荣誉", score, None, None, "", "经审核通过") for code, name, score in LEVELS),
]
ORGANIZATIONS = [
    ("branch.congress", "召开支部党员大会", 5, None, (1, "quarter"), "", "提交纪要后计分"),
    ("branch.committee", "召开支委会", 5, None, (1, "month"), "", "提交纪要后计分"),
    ("branch.group", "召开党小组会", 5, None, (1, "month"), "", "提交纪要后计分"),
    ("branch.lecture", "开展党课", 5, None, (1, "quarter"), "", "提交纪要后计分"),
    ("branch.themeday", "开展主题党日", 5, None, (1, "month"), "", "提交纪要后计分"),
    ("branch.life", "召开组织生活会", 10, None, (1, "year"), "", "提交纪要后计分"),
    ("branch.appraisal", "开展民主评议党员", 10, None, (1, "year"), "", "提交纪要后计分"),
    ("branch.activity", "开展其他活动", 2, None, (2, "month"), "", "提交纪要后计分"),
    ("branch.item", "发布信息", 1, None, (4, "month"), "", "经审核通过"),
    ("branch.notice", "通知公告全员按时签阅", 2, None, (2, "month"), "", ""),
    *(
        (f"branch.honour.{code}", f"{name}集体荣誉", score, None, None, "", "经审核通过")
        for code, name, score in LEVELS
    ),
]
WHO = {MEMBER: "党员", ORGANIZATION: "党支部、党总支、党委"}


def seed(apps, schema_editor=None) -> None:
    """Insert what is missing; a rule that exists is left as it is."""
    Rule, RuleVersion = apps.get_model("points", "Rule"), apps.get_model("points", "RuleVersion")
    for subject, rows in ((MEMBER, MEMBERS), (ORGANIZATION, ORGANIZATIONS)):
        for order, (code, name, score, points, times, who, remark) in enumerate(rows, start=1):
            rule, made = Rule.objects.get_or_create(
                code=code,
                defaults={
                    "name": name,
                    "subject": subject,
                    "who": who or WHO[subject],
                    "remark": remark,
                    "order": order * 10,
                },
            )
            if made:
                RuleVersion.objects.create(
                    rule=rule,
                    number=1,
                    in_force=DateRange(date(2020, 1, 1), None),
                    score=Decimal(str(score)),
                    bands=QUIZ if code.startswith("quiz.") else [],
                    points_cap=points and points[0],
                    points_window=points[1] if points else "",
                    times_cap=times and times[0],
                    times_window=times[1] if times else "",
                )


class Migration(migrations.Migration):
    dependencies = [("points", "0001_initial")]
    operations = [migrations.RunPython(seed, migrations.RunPython.noop)]
