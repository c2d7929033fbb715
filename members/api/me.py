"""me/: the own record."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.queries import consents_due
from members.extras import extras_of
from members.models import Member, Message
from members.queries.posts import current_posts
from organizations.queries import direct_superior
from sanjin.common.masking import mask_id_number, mask_phone

from .auth_serializers import DocumentOutput, OwnRecordOutput


class MeView(APIView):
    @extend_schema(responses=OwnRecordOutput)
    def get(self, request: Request) -> Response:
        """本人资料。号码只显示一部分；superior 是直属上级党委。错误码：仅通用错误码。"""
        due = DocumentOutput(consents_due(request.user), many=True).data
        return Response({**me_of(request.user.member), "consents_due": due})


def me_of(member: Member) -> dict[str, Any]:
    """The own record as `GET me/` and a login give it; numbers masked. The member comes with branch and type."""
    organization = member.organization
    superior = direct_superior(organization)
    return {
        "id": str(member.uuid),
        "name": member.name,
        "sex": member.sex,
        "sex_label": member.get_sex_display(),
        "kind": member.kind,
        "kind_label": member.get_kind_display(),
        "phone": mask_phone(member.phone),
        "id_number": mask_id_number(member.id_number),
        "joined_on": member.joined_on.isoformat(),
        "organization": {
            "id": str(organization.uuid),
            "name": organization.name,
            "nature_label": organization.get_nature_display(),
            "type": organization.type.name,
        },
        "posts": [held.post.name for held in current_posts(member)],
        "may_call_meetings": False,
        "exempt_since": member.exempt_since.isoformat() if member.exempt_since else None,
        "complete": not member.missing,
        "missing": member.missing,
        "unread_messages": Message.objects.filter(recipient=member, read_at__isnull=True).count(),
        "superior": {"name": superior.name} if superior else None,
        "year_points": "0",
        **extras_of(member),
    }
