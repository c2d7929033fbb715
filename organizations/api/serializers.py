"""Organisations as the members' app sees them."""

from rest_framework import serializers

from organizations.models import Organization


class OrganizationSerializer(serializers.ModelSerializer):
    """One organisation of a list. `superior` is the name of the organisation right above it ('' for the root)."""

    id = serializers.UUIDField(source="uuid", read_only=True)
    nature_label = serializers.CharField(source="get_nature_display", read_only=True)
    type = serializers.CharField(source="type.name", read_only=True)
    superior = serializers.CharField(source="parent_name", default="", read_only=True)

    class Meta:
        model = Organization
        fields = ["id", "name", "nature", "nature_label", "type", "superior"]
        read_only_fields = fields


class OrganizationDetailSerializer(OrganizationSerializer):
    """One organisation: its way up (`path`, the root first), contact and place."""

    path = serializers.SerializerMethodField()

    class Meta(OrganizationSerializer.Meta):
        fields = [*OrganizationSerializer.Meta.fields, "path", "phone", "address", "latitude", "longitude"]
        read_only_fields = fields

    def get_path(self, row: Organization) -> list[str]:
        return [each.name for each in self.context["above"]]
