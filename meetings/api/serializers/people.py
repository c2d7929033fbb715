"""Who is on the list, and what an organiser or a participant does about it."""

from rest_framework import serializers

from meetings.actions.attendance import proxy_refusal
from meetings.enums import ATTENDED
from meetings.models import Participant


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
    """要加入名单的党员的 id，须属于主办组织。"""

    members = serializers.ListField(child=serializers.UUIDField(), min_length=1, max_length=200)


class ProxyShape(serializers.Serializer):
    """为谁代签到，为什么（至少 2 个字）。"""

    member = serializers.UUIDField()
    reason = serializers.CharField(max_length=200, allow_blank=True)


class ReasonShape(serializers.Serializer):
    """原因，至少 2 个字，会记入操作记录。"""

    reason = serializers.CharField(max_length=200, allow_blank=True)
