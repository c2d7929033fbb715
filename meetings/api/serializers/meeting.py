"""A meeting as its people see it: a row of a list, and all of it."""

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from meetings.enums import Attendance, Method, Phase
from meetings.models import Meeting, Minutes
from meetings.queries.people import Counts
from meetings.queries.possible import may_ask_leave, may_check_in, possible_for_me
from meetings.queries.progress import cut_off, next_step, steps


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
        return may_check_in(meeting)

    def get_can_show_code(self, meeting: Meeting) -> bool:
        return possible_for_me(meeting).show_code

    def get_can_file_minutes(self, meeting: Meeting) -> bool:
        return possible_for_me(meeting).file

    def get_can_ask_leave(self, meeting: Meeting) -> bool:
        return may_ask_leave(meeting)


class StepShape(serializers.Serializer):
    """会议进程的一步。at 是到这一步的时间，还没有到的是预计的时间，不知道的为空；hint 写在时间后面，说明它的含义。"""

    label = serializers.CharField()
    state = serializers.ChoiceField(["done", "current", "todo"])
    at = serializers.DateTimeField(allow_null=True)
    hint = serializers.CharField(allow_blank=True, help_text="如“起（会前 30 分钟）”")


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
    """一次会议的全部内容。cut_off：组织者现在提交纪要会截断什么，如“会议原定今天 16:30 结束，还有 3 人未签到”；没有的为空。"""

    agenda = serializers.CharField()
    organization = HostShape()
    steps = serializers.SerializerMethodField()
    participants = serializers.SerializerMethodField()
    minutes = serializers.SerializerMethodField()
    cut_off = serializers.SerializerMethodField()

    class Meta(MeetingRow.Meta):
        fields = [
            *MeetingRow.Meta.fields,
            "agenda",
            "organization",
            "steps",
            "participants",
            "minutes",
            "cut_off",
        ]

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

    def get_cut_off(self, meeting: Meeting) -> str:
        return cut_off(meeting, self.context["counts"]) if possible_for_me(meeting).file else ""
