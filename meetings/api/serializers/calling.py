"""What is sent to call a meeting, and to file its minutes."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from meetings.actions import MeetingPlan
from meetings.enums import MeetingKind
from meetings.validators import AGENDA_LONGEST, MINUTES_LONGEST, PLACE_LONGEST, TITLE_LONGEST
from members.models import Member
from sanjin.common.errors import RuleError
from sanjin.common.fields import BoundedList
from sanjin.common.reasons import LONGEST as REASON_LONGEST


def missing(todo: str) -> dict[str, str]:
    """What is said of a field without a value, however it is missing."""
    return dict.fromkeys(("required", "null", "blank", "empty"), f"不能为空，{todo}。")


@extend_schema_field(
    {
        "oneOf": [
            {"type": "string", "enum": ["all"]},
            {"type": "array", "items": {"type": "string", "format": "uuid"}},
        ]
    }
)
class PeopleField(serializers.Field):
    """`"all"` (None inside) or a list of members' ids."""

    default_error_messages = {
        "people": "请选择参会人员：填 all 表示全体党员，或给出党员 id 的列表。",
    }

    def to_internal_value(self, data: Any) -> list | None:
        if data == "all":
            return None
        if not isinstance(data, list):
            self.fail("people")
        return BoundedList(
            child=serializers.UUIDField(),
            max_length=settings.MEETING_MAX_PEOPLE,
            allow_empty=False,
            error_messages=missing("请至少选择 1 名参会党员"),
        ).run_validation(data)

    def to_representation(self, value: Any) -> Any:
        return value


class MomentField(serializers.DateTimeField):
    """REST framework fails on the first and last day of the calendar instead of refusing them."""

    def to_internal_value(self, value: Any) -> datetime:
        try:
            return super().to_internal_value(value)
        except OverflowError:
            self.fail("overflow")


class CallShape(serializers.Serializer):
    """召集会议要填的内容。participants 是 "all"（全体党员）或党员 id 的列表；时间带时区。"""

    kind = serializers.ChoiceField(MeetingKind.choices, error_messages=missing("请选择"))
    title = serializers.CharField(max_length=TITLE_LONGEST, error_messages=missing("请填写"))
    agenda = serializers.CharField(max_length=AGENDA_LONGEST, allow_blank=True, default="")
    place = serializers.CharField(max_length=PLACE_LONGEST, error_messages=missing("请填写"))
    starts_at = MomentField(error_messages=missing("请填写"))
    ends_at = MomentField(error_messages=missing("请填写"))
    # an empty list is refused here already, so that it is said together with whatever else is missing
    organisers = BoundedList(
        child=serializers.UUIDField(),
        max_length=settings.MEETING_MAX_PEOPLE,  # how many may organise is the validator's to say
        allow_empty=False,
        error_messages=missing("请至少选择 1 名组织者"),
    )
    participants = PeopleField(default=None)

    def plan(self, account) -> MeetingPlan:
        own, values = Member.objects.visible_to(account), dict(self.validated_data)
        people = values.pop("participants")
        return MeetingPlan(
            organisers=members(own, values.pop("organisers"), "organisers"),
            participants=None if people is None else members(own, people, "participants"),
            **values,
        )


class KindShape(serializers.Serializer):
    """一种会议类型。"""

    value = serializers.ChoiceField(MeetingKind.choices)
    label = serializers.CharField()


class LimitsShape(serializers.Serializer):
    """各项最多多少字。"""

    title = serializers.IntegerField()
    place = serializers.IntegerField()
    agenda = serializers.IntegerField()
    minutes = serializers.IntegerField()
    reason = serializers.IntegerField(help_text="请假、代签到、撤回签到的原因")


class OptionsShape(serializers.Serializer):
    """召集会议可以选什么、各项最多多少字。"""

    kinds = KindShape(many=True)
    limits = LimitsShape()


def call_options() -> dict[str, Any]:
    """What `GET meetings/options/` answers; every kind may be called by who may call at all."""
    kinds = [{"value": kind.value, "label": kind.label} for kind in MeetingKind]
    limits = {
        "title": TITLE_LONGEST,
        "place": PLACE_LONGEST,
        "agenda": AGENDA_LONGEST,
        "minutes": MINUTES_LONGEST,
        "reason": REASON_LONGEST,
    }
    return OptionsShape({"kinds": kinds, "limits": limits}).data


def members(scope: QuerySet[Member], ids: list, field: str) -> list[Member]:
    """Members by id within `scope`; an id beyond it is as unknown as one that nobody has."""
    wanted = set(ids)
    found = list(scope.filter(uuid__in=wanted))
    if len(found) != len(wanted):
        raise RuleError(
            "unknown_member", "名单里有不属于主办组织的人员。请从主办组织的党员中重新选择。", field=field
        )
    return found


class MinutesInput(serializers.Serializer):
    """纪要全文，最多 20000 字。"""

    text = serializers.CharField(max_length=MINUTES_LONGEST, allow_blank=True, trim_whitespace=True)
