"""The code, the scan, and its answer (F10, F13)."""

from rest_framework import serializers

from meetings.models import Meeting
from sanjin.common.schema import Problem


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
    action = serializers.CharField(help_text="meeting（会议）、scan（重新扫码）或 home（首页）")


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
