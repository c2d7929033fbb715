"""List, call, look, show the code, the list of people, minutes."""

from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, extend_schema
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import ChoiceField
from rest_framework.views import APIView

from meetings import codes
from meetings.actions import add_participants, call_meeting, file_minutes
from meetings.actions.guards import must_be_in
from meetings.api.serializers import (
    AddShape,
    CallShape,
    MeetingDetail,
    MeetingRow,
    MinutesInput,
    OptionsShape,
    PersonShape,
    QrShape,
    call_options,
    members,
)
from meetings.enums import CHECK_IN_OPEN, Phase
from meetings.models import Meeting, Participant
from meetings.queries.lists import for_member
from meetings.queries.people import askable, roster
from meetings.queries.possible import people, possible_for_me
from sanjin.common import qr
from sanjin.common.api import FeedPagination

from .base import MeetingApi

CALL_EXAMPLE = OpenApiExample(
    "召开党课",
    request_only=True,
    value={
        "kind": "lecture",
        "title": "第四季度党课",
        "agenda": "学习文件，交流体会",
        "place": "三楼会议室",
        "starts_at": "2026-11-25T14:00:00+08:00",
        "ends_at": "2026-11-25T16:00:00+08:00",
        "organisers": ["3f1c2a52-77f4-4d4e-9f27-0a3f6f1f2b10"],
        "participants": "all",
    },
)


class MeetingFeed(FeedPagination):
    """Newest first; within one moment by id, so that the cursor never skips a row."""

    ordering = ("-starts_at", "-id")


class MeetingListView(MeetingApi, ListAPIView):
    serializer_class = MeetingRow
    pagination_class = MeetingFeed

    def get_queryset(self) -> QuerySet[Meeting]:
        if getattr(self, "swagger_fake_view", False):
            return Meeting.objects.none()
        meetings = for_member(self.request.user)
        if phase := self.request.query_params.get("phase"):
            meetings = meetings.in_phase(ChoiceField(Phase.choices).run_validation(phase))
        return meetings

    @extend_schema(
        operation_id="meetings_list",
        parameters=[OpenApiParameter("phase", str, enum=Phase.values, description="只看这一阶段的会议")],
    )
    def get(self, request: Request) -> Response:
        """我能看到的会议，按开始时间从近到远（F13、F47）。错误码：仅通用错误码。"""
        return self.list(request)

    @extend_schema(
        operation_id="meetings_call",
        request=CallShape,
        responses={201: MeetingDetail},
        examples=[CALL_EXAMPLE],
    )
    def post(self, request: Request) -> Response:
        """以本支部名义召集会议，并通知参会人员（F45、F47）。

        由担任有召集权限职务的党员发起；组织者自动计为到会（F12）。

        错误码：may_not_call (403)、already_called、organization_changed (409)；时间：ends_before_start、too_long、long_past、too_far (400)；
        人员：branch_empty、branch_of_one、everyone_organises、too_many_organisers、too_many_people、not_eligible、
        unknown_member (400)。
        """
        data = CallShape(data=request.data)
        data.is_valid(raise_exception=True)
        meeting = call_meeting(data.plan(request.user), actor=request.user)
        return self.detail(meeting.uuid, status=201)


class OptionsView(APIView):
    @extend_schema(operation_id="meetings_options", responses=OptionsShape)
    def get(self, request: Request) -> Response:
        """召集会议时可选的类型，和各项最多多少字（F47）。组织者写纪要时也用。错误码：仅通用错误码。"""
        return Response(call_options())


class MeetingView(MeetingApi):
    @extend_schema(
        operation_id="meetings_read",
        responses=MeetingDetail,
    )
    def get(self, request: Request, uuid: UUID) -> Response:
        """一次会议：现在到哪一步、下一步谁做什么（F47）。错误码：not_found (404)。"""
        return self.detail(uuid)


class QrView(MeetingApi):
    @extend_schema(
        operation_id="meetings_qr",
        responses=QrShape,
    )
    def get(self, request: Request, uuid: UUID) -> Response:
        """组织者出示的签到码，到 expires_at 更新（F10）。错误码：not_found (404)、not_organiser (403)、wrong_state (409)。"""
        meeting = self.managed(uuid)
        must_be_in(meeting, CHECK_IN_OPEN, "出示签到码")
        now = timezone.now()
        text = codes.rotating_text(meeting.uuid, now)
        ends = codes.expires_at(now)
        code = {
            "text": text,
            "svg": qr.svg(text, codes.LABEL),
            "expires_at": ends,
            "refresh_seconds": max(int((ends - now).total_seconds()), 1),
        }
        return Response(QrShape(code).data)


class ParticipantsView(MeetingApi):
    @extend_schema(
        operation_id="meetings_participants",
        responses=PersonShape(many=True),
    )
    def get(self, request: Request, uuid: UUID) -> Response:
        """参会名单，组织者可见（F11、F12）。

        扫了码但不在名单的主办组织党员排在最前，can_add 为真（F13）。错误码：not_found (404)、not_organiser (403)。
        """
        meeting = self.managed(uuid)
        can = possible_for_me(meeting)
        scans = meeting.uninvited_scans.select_related("member").order_by("at") if can.add else []
        waiting = [Participant(meeting=meeting, member=scan.member) for scan in scans]
        return Response(PersonShape(people([*waiting, *roster(meeting)], can), many=True).data)

    @extend_schema(
        operation_id="meetings_participants_add",
        request=AddShape,
        responses={201: PersonShape(many=True)},
    )
    def post(self, request: Request, uuid: UUID) -> Response:
        """组织者把主办组织的党员加入名单（F13）。

        回答是加入后的参会名单。

        错误码：not_found (404)、not_organiser (403)、wrong_state (409)、not_eligible、unknown_member、too_many_people (400)。
        """
        meeting = self.managed(uuid)
        data = AddShape(data=request.data)
        data.is_valid(raise_exception=True)
        wanted = members(askable(meeting), data.validated_data["members"], "members")
        add_participants(meeting, wanted, actor=request.user)
        response = self.get(request, uuid)
        response.status_code = 201
        return response


class MinutesView(MeetingApi):
    @extend_schema(
        operation_id="meetings_minutes_file",
        request=MinutesInput,
        responses={201: MeetingDetail},
    )
    def post(self, request: Request, uuid: UUID) -> Response:
        """提交纪要，会议随即结束并积分（F14、F48）。

        同一人重复提交同样内容，返回第一次的结果。

        错误码：not_found (404)、not_organiser (403)、wrong_state、not_started (409)、minutes_required (400)。
        """
        meeting = self.managed(uuid)
        data = MinutesInput(data=request.data)
        data.is_valid(raise_exception=True)
        file_minutes(meeting, data.validated_data["text"], actor=request.user)
        return self.detail(uuid, status=201)
