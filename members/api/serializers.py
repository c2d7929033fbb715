"""Output of the member's own record, the branch's members and the inbox."""

from rest_framework import serializers

from members.models import Member, Message


class MyOrganizationOutput(serializers.Serializer):
    """我所在的支部。"""

    id = serializers.UUIDField()
    name = serializers.CharField()
    nature_label = serializers.CharField()
    type = serializers.CharField()


class SuperiorOutput(serializers.Serializer):
    """直属上级党委。"""

    name = serializers.CharField()


class MeOutput(serializers.Serializer):
    """本人资料（`me_of` 生成）。"""

    id = serializers.UUIDField()
    name = serializers.CharField()
    sex = serializers.CharField()
    sex_label = serializers.CharField()
    kind = serializers.CharField()
    kind_label = serializers.CharField()
    phone = serializers.CharField(help_text="只显示一部分；没有登记手机号的为空", allow_blank=True)
    id_number = serializers.CharField(help_text="只显示一部分", allow_blank=True)
    joined_on = serializers.DateField()
    organization = MyOrganizationOutput()
    posts = serializers.ListField(child=serializers.CharField())
    may_call_meetings = serializers.BooleanField()
    exempt_since = serializers.DateField(allow_null=True)
    complete = serializers.BooleanField()
    missing = serializers.ListField(child=serializers.CharField(), help_text="待完善的项目")
    unread_messages = serializers.IntegerField()
    superior = SuperiorOutput(allow_null=True)
    year_points = serializers.CharField(help_text="本年积分，如 1438.5")


class BranchMemberSerializer(serializers.ModelSerializer):
    """同支部党员互相可见的内容，没有任何号码。"""

    id = serializers.UUIDField(source="uuid", read_only=True)
    kind_label = serializers.CharField(source="get_kind_display", read_only=True)
    posts = serializers.SerializerMethodField()
    pinyin = serializers.SerializerMethodField(
        help_text="姓名的全拼和首字母，多音的姓各读各有一组；供在手机上查找"
    )

    class Meta:
        model = Member
        fields = ["id", "name", "pinyin", "posts", "kind_label"]
        read_only_fields = fields

    def get_posts(self, row: Member) -> list[str]:
        return [held.post.name for held in row.current_posts]

    def get_pinyin(self, row: Member) -> list[str]:
        return [key for key in (row.name_key, row.initials, row.other_key, row.other_initials) if key]


class MessageSerializer(serializers.ModelSerializer):
    """一条消息。link 是移动端里的地址；read_at 为空的是未读。"""

    id = serializers.UUIDField(source="uuid", read_only=True)
    kind_label = serializers.CharField(source="get_kind_display", read_only=True)

    class Meta:
        model = Message
        fields = ["id", "kind", "kind_label", "title", "body", "link", "created_at", "read_at"]
        read_only_fields = fields
