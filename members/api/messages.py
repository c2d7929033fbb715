"""messages/: the inbox."""

from uuid import UUID

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from members.actions.messages import mark_read
from members.models import Message

from .serializers import MessageSerializer


class MessagesView(ListAPIView):
    """我的消息，新的在前。错误码：仅通用错误码。"""

    serializer_class = MessageSerializer

    def get_queryset(self):
        if getattr(self, "swagger_fake_view", False):
            return Message.objects.none()
        return Message.objects.visible_to(self.request.user)


class ReadView(APIView):
    @extend_schema(request=None, responses=MessageSerializer)
    def post(self, request: Request, uuid: UUID) -> Response:
        """把一条消息标为已读。重复调用保留第一次的时间。错误码：not_found (404)。"""
        message = get_object_or_404(Message.objects.visible_to(request.user), uuid=uuid)
        return Response(MessageSerializer(mark_read(message)).data)
