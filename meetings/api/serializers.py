"""Shapes of the meetings' API. They translate; rules stand in actions and validators."""

from datetime import datetime
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from meetings.actions import MeetingPlan
from meetings.actions.attendance import BEFORE_ITS_END, proxy_refusal
from meetings.enums import ATTENDED, CHECK_IN_OPEN, MAY_CHECK_IN, Attendance, MeetingKind, Method, Phase
from meetings.models import Meeting, Minutes, Participant
from meetings.queries.people import Counts
from meetings.queries.progress import next_step, steps
from members.models import Member
from sanjin.common.errors import RuleError
from sanjin.common.schema import Problem


class MeetingRow(serializers.ModelSerializer):
    """列表里的一次会议，和我在其中的情况。can_ 开头的几项说明我现在能做什么。"""

    id = serializers.UUIDField(source="uuid")
    kind_label = serializers.CharField(source="get_kind_display")
    phase = serializers.ChoiceField(Phase.choices)
    phase_label = serializers.CharField(source="phase.label")
    next_step = serializers.SerializerMethodField()
    is_organiser = serializers.SerializerMethodField()
    my_state = serializers.ChoiceField(Attendance.choices, allow_null=True)
    my_state_label = serializers.SerializerMethodField()
    can_check_in = serializers.SerializerMethodField()
    can_show_code = serializers.SerializerMethodField()
    can_file_minutes = serializers.SerializerMethodField()
    can_ask_leave = serializers.SerializerMethodField()

    class Meta:
        model = Meeting
        fields = [
            "id",
            "title",
            "kind",
            "kind_label",
            "phase",
            "phase_label",
            "next_step",
            "starts_at",
            "ends_at",
            "place",
            "is_organiser",
            "my_state",
            "my_state_label",
            "can_check_in",
            "can_show_code",
            "can_file_minutes",
            "can_ask_leave",
        ]

    def get_next_step(self, meeting: Meeting) -> str:
        return next_step(meeting)

    def get_is_organiser(self, meeting: Meeting) -> bool:
        return bool(meeting.is_organiser)

    def get_my_state_label(self, meeting: Meeting) -> str:
        if meeting.my_state is None:
            return "不在参会名单"
        if meeting.my_method == Method.ORGANISER:
            return Method.ORGANISER.label
        return Attendance(meeting.my_state).label

    def get_can_check_in(self, meeting: Meeting) -> bool:
        return meeting.phase in CHECK_IN_OPEN and meeting.my_state in MAY_CHECK_IN

    def get_can_show_code(self, meeting: Meeting) -> bool:
        return bool(meeting.is_organiser) and meeting.phase in CHECK_IN_OPEN

    def get_can_file_minutes(self, meeting: Meeting) -> bool:
        return self.get_can_show_code(meeting) and meeting.has_started

    def get_can_ask_leave(self, meeting: Meeting) -> bool:
        invited = meeting.my_state == Attendance.INVITED
        return invited and not meeting.is_organiser and meeting.phase in BEFORE_ITS_END


class StepShape(serializers.Serializer):
    """会议进程的一步。at 是完成的时间，没有完成的为空。"""

    label = serializers.CharField()
    state = serializers.ChoiceField(["done", "current", "todo"])
    at = serializers.DateTimeField(allow_null=True)


class CountsShape(serializers.Serializer):
    """人数。invited 是应到，等于 present + late + leave + absent + missing（未签到）。"""

    invited = serializers.IntegerField(source="total")
    present = serializers.IntegerField()
    late = serializers.IntegerField()
    leave = serializers.IntegerField()
    absent = serializers.IntegerField()
    missing = serializers.IntegerField(source="invited")


class MinutesShape(serializers.ModelSerializer):
    """现在有效的一版纪要。version 从 1 开始。"""

    author = serializers.CharField(source="author.display_name")

    class Meta:
        model = Minutes
        fields = ["text", "version", "at", "author"]


class HostShape(serializers.Serializer):
    """主办组织。"""

    id = serializers.UUIDField(source="uuid")
    name = serializers.CharField()


class MeetingDetail(MeetingRow):
    """一次会议的全部内容。"""

    agenda = serializers.CharField()
    organization = HostShape()
    steps = serializers.SerializerMethodField()
    participants = serializers.SerializerMethodField()
    minutes = serializers.SerializerMethodField()

    class Meta(MeetingRow.Meta):
        fields = [*MeetingRow.Meta.fields, "agenda", "organization", "steps", "participants", "minutes"]

    @extend_schema_field(StepShape(many=True))
    def get_steps(self, meeting: Meeting) -> list[dict]:
        return StepShape(steps(meeting), many=True).data

    @extend_schema_field(CountsShape)
    def get_participants(self, meeting: Meeting) -> dict[str, int]:
        counts: Counts = self.context["counts"]
        return CountsShape(counts).data

    @extend_schema_field(MinutesShape(allow_null=True))
    def get_minutes(self, meeting: Meeting) -> dict | None:
        newest = meeting.minutes.select_related("author").first()
        return MinutesShape(newest).data if newest else None


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
        return serializers.ListField(child=serializers.UUIDField(), max_length=2000).run_validation(data)

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

    kind = serializers.ChoiceField(MeetingKind.choices)
    title = serializers.CharField(max_length=80)
    agenda = serializers.CharField(max_length=2000, allow_blank=True, default="")
    place = serializers.CharField(max_length=80)
    starts_at = MomentField()
    ends_at = MomentField()
    organisers = serializers.ListField(child=serializers.UUIDField(), max_length=50)
    participants = PeopleField(default=None)

    def plan(self, account) -> MeetingPlan:
        values = dict(self.validated_data)
        people = values.pop("participants")
        return MeetingPlan(
            organisers=members(account, values.pop("organisers"), "organisers"),
            participants=None if people is None else members(account, people, "participants"),
            **values,
        )


def members(account, ids: list, field: str) -> list[Member]:
    """Members by id within what the account may see; an id of another branch is as unknown as one that nobody has."""
    wanted = set(ids)
    found = list(Member.objects.visible_to(account).filter(uuid__in=wanted))
    if len(found) != len(wanted):
        raise RuleError(
            "unknown_member", "名单里有不属于本支部的人员。请从本支部党员中重新选择。", field=field
        )
    return found


class PersonShape(serializers.ModelSerializer):
    """组织者看到的一名参会人员。can_add：扫了码但不在名单（F13）；can_proxy：可以代签到（F11）。"""

    id = serializers.UUIDField(source="member.uuid")
    name = serializers.CharField(source="member.name")
    state_label = serializers.CharField(source="get_state_display")
    method_label = serializers.CharField(source="get_method_display")
    can_proxy = serializers.SerializerMethodField()
    proxy_refusal = serializers.SerializerMethodField()
    can_add = serializers.SerializerMethodField()

    class Meta:
        model = Participant
        fields = [
            "id",
            "name",
            "organiser",
            "state",
            "state_label",
            "method_label",
            "checked_in_at",
            "can_proxy",
            "proxy_refusal",
            "can_add",
        ]

    def get_can_proxy(self, row: Participant) -> bool:
        listed = row.pk is not None
        return listed and row.state not in ATTENDED and not proxy_refusal(row.member) and self.context["open"]

    def get_proxy_refusal(self, row: Participant) -> str:
        return "" if row.state in ATTENDED else proxy_refusal(row.member)

    def get_can_add(self, row: Participant) -> bool:
        return row.pk is None


class AddShape(serializers.Serializer):
    """要加入名单的本支部党员的 id。"""

    members = serializers.ListField(child=serializers.UUIDField(), min_length=1, max_length=200)


class ProxyShape(serializers.Serializer):
    """为谁代签到，为什么（至少 2 个字）。"""

    member = serializers.UUIDField()
    reason = serializers.CharField(max_length=200, allow_blank=True)


class ReasonShape(serializers.Serializer):
    """原因，至少 2 个字，会记入操作记录。"""

    reason = serializers.CharField(max_length=200, allow_blank=True)


class MinutesInput(serializers.Serializer):
    """纪要全文，最多 20000 字。"""

    text = serializers.CharField(max_length=20_000, allow_blank=True, trim_whitespace=True)


class QrShape(serializers.Serializer):
    """签到码。text 是码的内容，svg 是画好的图；expires_at 之后失效，refresh_seconds 秒后再取新的。"""

    text = serializers.CharField()
    svg = serializers.CharField()
    expires_at = serializers.DateTimeField()
    refresh_seconds = serializers.IntegerField()


class ScanShape(serializers.Serializer):
    """扫到的内容，原样提交。nonce 是本次请求的编号，也可以放在 Idempotency-Key 里；重试时不变，返回第一次的结果。"""

    code = serializers.CharField(max_length=500, allow_blank=True, trim_whitespace=True)
    nonce = serializers.CharField(max_length=64, required=False, allow_blank=True, default="")


class ScannedMeeting(serializers.ModelSerializer):
    """扫的是哪次会议；无权知道的为空。"""

    id = serializers.UUIDField(source="uuid")

    class Meta:
        model = Meeting
        fields = ["id", "title", "place", "starts_at", "ends_at"]


class NextShape(serializers.Serializer):
    """回答页面上的按钮：文字，和点了以后去哪里。"""

    label = serializers.CharField()
    action = serializers.CharField(help_text="meeting, scan, home: where the app goes on")


class AnswerShape(serializers.Serializer):
    """扫码的回答，接受与否都有这些内容（F13）。"""

    result = serializers.CharField()
    title = serializers.CharField()
    detail = serializers.CharField()
    meeting = ScannedMeeting(allow_null=True)
    checked_in_at = serializers.DateTimeField(allow_null=True)
    on_time = serializers.BooleanField(allow_null=True)
    points_text = serializers.CharField()
    next = NextShape()


class ScanProblem(Problem):
    """不能签到时的回答：错误，以及回答页面要显示的内容。"""

    result = serializers.CharField(required=False)
    meeting = ScannedMeeting(allow_null=True, required=False)
    checked_in_at = serializers.DateTimeField(allow_null=True, required=False)
    on_time = serializers.BooleanField(allow_null=True, required=False)
    points_text = serializers.CharField(required=False, allow_blank=True)
    next = NextShape(required=False)
