"""Coming to a meeting: scan, proxy, withdrawal, leave."""

from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from meetings.actions import ScanAnswer, ask_leave, check_in, proxy_check_in, withdraw_check_in
from meetings.api.serializers import (
    AnswerShape,
    MeetingDetail,
    PersonShape,
    ProxyShape,
    ReasonShape,
    ScannedMeeting,
    ScanProblem,
    ScanShape,
)
from meetings.enums import ScanResult
from meetings.models import Participant
from meetings.queries.possible import people, possible
from sanjin.common.api import problem
from sanjin.common.schema import PROBLEM

from .base import MeetingApi

# An accepted scan is 201 (200 when it was recorded before); each refusal is a problem of its own status.
STATUS = {
    ScanResult.NOT_INVITED: 403,
    ScanResult.OTHER_BRANCH: 403,
    ScanResult.FOREIGN_CODE: 400,
    ScanResult.NOT_STARTED: 409,
    ScanResult.ENDED: 409,
    ScanResult.CODE_EXPIRED: 409,
    ScanResult.OTHER_DEVICE: 409,
    ScanResult.NOT_NORMAL: 403,
}
POINTS = {
    ScanResult.OK: "组织者提交纪要后，按积分规则记分。",
    ScanResult.LATE_OK: "迟到签到不积分。",
}
NEXT = {
    ScanResult.CODE_EXPIRED: {"label": "重新扫码", "action": "scan"},
    ScanResult.FOREIGN_CODE: {"label": "重新扫码", "action": "scan"},
    ScanResult.NOT_INVITED: {"label": "重新扫码", "action": "scan"},
    ScanResult.OTHER_BRANCH: {"label": "返回首页", "action": "home"},
    ScanResult.NOT_NORMAL: {"label": "返回首页", "action": "home"},
}
ACCEPTED_EXAMPLE = OpenApiExample(
    "签到成功",
    response_only=True,
    status_codes=["201"],
    value={
        "result": "ok",
        "title": "签到成功",
        "detail": "已记录您准时到会。",
        "meeting": {
            "id": "3f1c2a52-77f4-4d4e-9f27-0a3f6f1f2b10",
            "title": "第四季度党课",
            "place": "三楼会议室",
            "starts_at": "2026-11-25T14:00:00+08:00",
            "ends_at": "2026-11-25T16:00:00+08:00",
        },
        "checked_in_at": "2026-11-25T13:52:10+08:00",
        "on_time": True,
        "points_text": "组织者提交纪要后，按积分规则记分。",
        "next": {"label": "查看会议", "action": "meeting"},
    },
)


class CheckInView(APIView):
    # Hot: the member, branch and device come with the token, in one query.
    @extend_schema(
        operation_id="check_ins_create",
        request=ScanShape,
        responses={200: AnswerShape, 201: AnswerShape, ("4XX", PROBLEM): ScanProblem},
        parameters=[
            OpenApiParameter("Idempotency-Key", str, OpenApiParameter.HEADER, description="重试时不变")
        ],
        examples=[ACCEPTED_EXAMPLE],
    )
    def post(self, request: Request) -> Response:
        """扫码签到（F10、F13）。

        201 是新的签到，200 是以前已经签到，result 为 ok、late_ok（迟到，不积分）或 already。一部手机在一次会议只能为一人
        签到，手机以登录时登记的设备为准。

        错误码：foreign_code (400)、not_invited、other_branch、not_normal (403)、not_started、ended、code_expired、other_device (409)。
        """
        data = ScanShape(data=request.data)
        data.is_valid(raise_exception=True)
        answer = check_in(
            request.user.member,
            actor=request.user,
            code=data.validated_data["code"],
            device=request.auth.device,
            nonce=request.headers.get("Idempotency-Key", "")[:64] or data.validated_data["nonce"],
        )
        return respond(answer)


def respond(answer: ScanAnswer) -> Response:
    meeting = answer.meeting
    body = {
        "result": answer.result.value,
        "meeting": ScannedMeeting(meeting).data if meeting else None,
        "checked_in_at": answer.checked_in_at and timezone.localtime(answer.checked_in_at).isoformat(),
        "on_time": answer.on_time,
        "points_text": POINTS.get(answer.result, ""),
        "next": NEXT.get(answer.result, {"label": "查看会议", "action": "meeting"}),
    }
    if answer.accepted:
        new = answer.result != ScanResult.ALREADY and not answer.repeated
        return Response(body | {"title": answer.title, "detail": answer.detail}, status=201 if new else 200)
    return problem(
        answer.result.value, answer.detail, status=STATUS[answer.result], title=answer.title, **body
    )


class ProxyCheckInView(MeetingApi):
    @extend_schema(
        operation_id="meetings_proxy_check_in",
        request=ProxyShape,
        responses={201: PersonShape},
    )
    def post(self, request: Request, uuid: UUID) -> Response:
        """组织者为没有手机或经批准使用智能手机不便的党员代签到（F11）。

        错误码：not_found (404)、not_organiser、can_scan、phone_removed_lately (403)、wrong_state、already (409)、reason_required (400)。
        """
        meeting = self.managed(uuid)
        data = ProxyShape(data=request.data)
        data.is_valid(raise_exception=True)
        person = self.person(meeting, data.validated_data["member"])
        row = proxy_check_in(meeting, person, actor=request.user, reason=data.validated_data["reason"])
        return Response(_person(row), status=201)


class WithdrawView(MeetingApi):
    @extend_schema(
        operation_id="meetings_check_in_withdraw",
        request=ReasonShape,
        responses={200: PersonShape},
    )
    def delete(self, request: Request, uuid: UUID, member: UUID) -> Response:
        """组织者撤回一次错误的签到，须写明原因（F13）。

        会议已结束的，积分一并冲回。

        错误码：not_found (404)、not_organiser (403)、wrong_state、not_checked_in (409)、reason_required (400)。
        """
        meeting = self.managed(uuid)
        data = ReasonShape(data=request.data)
        data.is_valid(raise_exception=True)
        person = self.person(meeting, member)
        row = withdraw_check_in(meeting, person, actor=request.user, reason=data.validated_data["reason"])
        return Response(_person(row))


class LeaveView(MeetingApi):
    @extend_schema(
        operation_id="meetings_leave",
        request=ReasonShape,
        responses={201: MeetingDetail},
    )
    def post(self, request: Request, uuid: UUID) -> Response:
        """向组织者请假，会议结束前都可以。

        请假后到会仍可签到。

        错误码：not_found、not_participant (404)、wrong_state、already、organiser_stays (409)、reason_required (400)。
        """
        meeting = self.seen(uuid)
        data = ReasonShape(data=request.data)
        data.is_valid(raise_exception=True)
        ask_leave(meeting, actor=request.user, reason=data.validated_data["reason"])
        return self.detail(uuid, status=201)


def _person(row: Participant) -> dict:
    """The changed row, for the organiser who changed it."""
    (person,) = people([row], possible(row.meeting, manages=True))
    return PersonShape(person).data
