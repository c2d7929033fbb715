"""What is wrong with a meeting or its minutes as such, each with its remedy. No reading of the database here."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from sanjin.common.errors import RuleError

LONGEST = timedelta(days=3)
FARTHEST = timedelta(days=366)
# How many characters; the model, the forms, the API and the app (`meetings/options/`) take them from here.
TITLE_LONGEST = 80
PLACE_LONGEST = 80
AGENDA_LONGEST = 2_000
MINUTES_LONGEST = 20_000


def check_times(starts_at: datetime, ends_at: datetime, now: datetime | None = None) -> None:
    """Codes `ends_before_start`, `too_long`, `long_past`, `too_far`."""
    now = now or timezone.now()
    if ends_at <= starts_at:
        raise RuleError(
            "ends_before_start", "结束时间不晚于开始时间。请把结束时间改到开始时间之后。", field="ends_at"
        )
    if ends_at - starts_at > LONGEST:
        raise RuleError(
            "too_long",
            "会议时长超过 3 天，可能填错了日期。请核对结束时间，跨期活动请分次发起。",
            field="ends_at",
        )
    if starts_at < now - timedelta(hours=settings.MEETING_BACKDATE_HOURS):
        raise RuleError(
            "long_past",
            f"开始时间已过去 {settings.MEETING_BACKDATE_HOURS} 小时以上，参会人员无法再签到。请核对日期，改为今后的时间。",
            field="starts_at",
        )
    if starts_at > now + FARTHEST:
        raise RuleError("too_far", "开始时间在一年以后，可能填错了年份。请核对日期。", field="starts_at")


def check_minutes(text: str) -> str:
    """The text as it is kept. Codes `minutes_required`, `minutes_too_long`."""
    text = text.strip().replace("\r\n", "\n")
    if not text:
        raise RuleError("minutes_required", "没有填写纪要。请写明会议内容和决议后再提交。", field="text")
    if len(text) > MINUTES_LONGEST:
        raise RuleError("minutes_too_long", f"纪要超过 {MINUTES_LONGEST} 字。请精简后再提交。", field="text")
    return text


def check_audience(*, eligible: int, organisers: Collection[int], participants: Collection[int]) -> None:
    """F45: who would be notified at all? `eligible`: how many members the hosts have; the others are member ids,
    organisers included in participants.

    Codes `branch_empty`, `branch_of_one`, `organiser_required`, `everyone_organises`, `too_many_organisers`,
    `too_many_people`.
    """
    if eligible == 0:
        raise RuleError(
            "branch_empty",
            "主办组织还没有党员，会议没有可通知的人。请先在“党员管理”录入党员。",
            field="participants",
        )
    if eligible == 1:
        raise RuleError(
            "branch_of_one",
            "本支部只有 1 名党员，会议没有其他人可通知。请由上级党组织发起，并将本支部列为联合主办，"
            "与其他支部联合召开。",
            field="participants",
        )
    if not organisers:
        raise RuleError(
            "organiser_required",
            "没有选择组织者，无人出示签到码和提交纪要。请至少选择 1 名组织者。",
            field="organisers",
        )
    if not set(participants) - set(organisers):
        raise RuleError(
            "everyone_organises",
            "参会人员全部是组织者，会议没有其他人可通知，也不能积分。请减少组织者，或增加参会人员。",
            field="organisers",
        )
    if len(organisers) > settings.MEETING_MAX_ORGANISERS:
        raise RuleError(
            "too_many_organisers",
            f"组织者超过 {settings.MEETING_MAX_ORGANISERS} 人。组织者不扫码即算到会，因此限制人数。请减少组织者，其他人作为参会人员签到。",
            field="organisers",
        )
    check_number(len(participants), field="participants")


def check_number(people: int, *, field: str) -> None:
    """people: how many will be on the list. Code `too_many_people`."""
    most = settings.MEETING_MAX_PEOPLE
    if people > most:
        raise RuleError(
            "too_many_people",
            f"参会人员将有 {people} 人，一次会议最多 {most} 人。请减少人员，或按支部分别召集会议。",
            field=field,
        )
