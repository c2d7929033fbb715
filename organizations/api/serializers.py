"""Organisations as the members' app sees them."""

from rest_framework import serializers

from organizations.models import Organization


class OrganizationSerializer(serializers.ModelSerializer):
    """列表中的一个组织。superior 是上一级组织的名称，最上级党委为空。"""

    id = serializers.UUIDField(source="uuid", read_only=True)
    nature_label = serializers.CharField(source="get_nature_display", read_only=True)
    type = serializers.CharField(source="type.name", read_only=True)
    superior = serializers.CharField(source="parent_name", default="", read_only=True)

    class Meta:
        model = Organization
        fields = ["id", "name", "nature", "nature_label", "type", "superior"]
        read_only_fields = fields


class OrganizationDetailSerializer(OrganizationSerializer):
    """一个组织。path 是各级上级的名称，最上级在前；经纬度单位为度。"""

    path = serializers.SerializerMethodField()

    class Meta(OrganizationSerializer.Meta):
        fields = [*OrganizationSerializer.Meta.fields, "path", "phone", "address", "latitude", "longitude"]
        read_only_fields = fields

    def get_path(self, row: Organization) -> list[str]:
        return [each.name for each in self.context["above"]]
