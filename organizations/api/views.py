"""API: search organisations, and look at one."""

from uuid import UUID

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from organizations.models import Organization
from organizations.queries import ancestors, search_organizations, with_parent_name
from sanjin.common.api import FeedPagination

from .serializers import OrganizationDetailSerializer, OrganizationSerializer

NOTHING = "没有找到名称、全拼或首字母包含“{text}”的组织。请换一个词，或检查是否有错别字。"


class OrganizationPages(FeedPagination):
    """In the order of the tree. An empty search says so in `notice` (F02)."""

    ordering = "path"

    def get_paginated_response(self, data: list) -> Response:
        response = super().get_paginated_response(data)
        text = self.request.query_params.get("search", "").strip()
        response.data["notice"] = NOTHING.format(text=text[:20]) if text and not data else ""
        return response

    def get_paginated_response_schema(self, schema: dict) -> dict:
        answer = super().get_paginated_response_schema(schema)
        answer["properties"]["notice"] = {
            "type": "string",
            "description": "列表为空的原因，不为空时是空字符串",
        }
        return answer


@extend_schema(
    parameters=[
        OpenApiParameter("search", str, description="名称、其中一段、全拼或首字母；任何内容都不会出错")
    ]
)
class OrganizationListView(ListAPIView):
    """查找组织：本支部各级上级，以及直属上级党委下的全部正常组织（F02）。

    按组织树的顺序；没有找到时 notice 说明原因。错误码：仅通用错误码。
    """

    serializer_class = OrganizationSerializer
    pagination_class = OrganizationPages

    def get_queryset(self):
        if getattr(self, "swagger_fake_view", False):
            return Organization.objects.none()
        rows = Organization.objects.visible_to(self.request.user).select_related("type")
        return with_parent_name(search_organizations(rows, self.request.query_params.get("search", "")))


class OrganizationDetailView(APIView):
    @extend_schema(responses=OrganizationDetailSerializer)
    def get(self, request: Request, uuid: UUID) -> Response:
        """一个组织：上级路径、电话、地址和位置（经纬度，单位为度）。错误码：not_found (404)。"""
        visible = with_parent_name(Organization.objects.visible_to(request.user).select_related("type"))
        row = get_object_or_404(visible, uuid=uuid)
        return Response(OrganizationDetailSerializer(row, context={"above": ancestors(row)}).data)
