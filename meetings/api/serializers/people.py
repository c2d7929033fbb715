"""Who is on the list, and what an organiser or a participant does about it."""

from rest_framework import serializers

from meetings.enums import Attendance
from sanjin.common.fields import BoundedList
from sanjin.common.reasons import LONGEST


class PersonShape(serializers.Serializer):
    """组织者看到的一名参会人员，和现在能做什么。can_add：扫了码但不在名单，可以加入（F13）；can_proxy：可以代签到，不能的
    proxy_refusal 说明原因（F11）；can_withdraw：可以撤回签到。"""

    id = serializers.UUIDField(source="row.member.uuid")
    name = serializers.CharField(source="row.member.name")
    organiser = serializers.BooleanField(source="row.organiser")
    state = serializers.ChoiceField(Attendance.choices, source="row.state")
    state_label = serializers.CharField(source="row.get_state_display")
    method_label = serializers.CharField(source="row.get_method_display")
    checked_in_at = serializers.DateTimeField(source="row.checked_in_at", allow_null=True)
    can_proxy = serializers.BooleanField(source="proxy")
    proxy_refusal = serializers.CharField(source="refusal")
    can_withdraw = serializers.BooleanField(source="withdraw")
    can_add = serializers.BooleanField(source="add")


class AddShape(serializers.Serializer):
    """要加入名单的党员的 id，须属于主办组织。"""

    members = BoundedList(child=serializers.UUIDField(), min_length=1, max_length=200)


class ProxyShape(serializers.Serializer):
    """为谁代签到，为什么（至少 2 个字）。"""

    member = serializers.UUIDField()
    reason = serializers.CharField(max_length=LONGEST, allow_blank=True)


class ReasonShape(serializers.Serializer):
    """原因，至少 2 个字，会记入操作记录。"""

    reason = serializers.CharField(max_length=LONGEST, allow_blank=True)
