"""auth/login, auth/logout, auth/devices, auth/password/…, consents."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.passwords import RULES
from accounts.queries import consents_due
from members.actions.consents import agree
from members.actions.login import give_token, log_in_member, log_out
from members.actions.passwords import ask_for_code, reset_password
from members.models import Member
from sanjin.common.errors import RuleError
from sanjin.common.requests import client_address

from .auth_serializers import (
    ConsentInput,
    ConsentOutput,
    DeviceOutput,
    DocumentOutput,
    ForgotInput,
    LoginInput,
    LoginOutput,
    PasswordRuleOutput,
    ResetInput,
    SentenceOutput,
)
from .me import me_of
from .openapi import MemberTokenScheme  # noqa: F401  registers itself


class OpenView(APIView):
    """For those who are not logged in."""

    authentication_classes: list = []
    permission_classes = [AllowAny]

    def read(self, serializer_class: type, request: Request) -> dict[str, Any]:
        serializer = serializer_class(data=request.data)
        serializer.is_valid(raise_exception=True)
        return serializer.validated_data


def entrance(member: Member, data: dict[str, Any]) -> Response:
    """What a successful login gives: the token (shown once), its expiry, me, and documents to agree to."""
    row, token = give_token(member, device=data["device"], device_name=data["device_name"])
    due = consents_due(member.account)
    documents = DocumentOutput(due, many=True).data
    output = LoginOutput(
        {"token": token, "expiry": row.expiry, "member": me_of(member), "consents_due": due}
    ).data
    return Response({**output, "consents_due": documents})


class LoginView(OpenView):
    @extend_schema(request=LoginInput, responses={200: LoginOutput}, auth=[])
    def post(self, request: Request) -> Response:
        """用账号和密码登录本机（F30、F35）。

        连续输错 3 次后需要验证码，5 次锁定 1 小时；不存在的账号与密码错误的回答相同。需要验证码时 data 带 captcha_key 和
        captcha_image（图片地址），锁定时带 locked_until（时间）和 who（谁能解锁）。

        错误码：login_failed (401)、captcha_required、captcha_wrong (400)、locked、throttled (429)、frozen、membership_ended (403)。
        """
        data = self.read(LoginInput, request)
        member = log_in_member(
            data["account"],
            data["password"],
            device=data["device"],
            address=client_address(request),
            captcha_key=data["captcha_key"],
            captcha_answer=data["captcha"],
        )
        return entrance(member, data)


class LogoutView(APIView):
    @extend_schema(request=None, responses={204: None})
    def post(self, request: Request) -> Response:
        """退出本设备的登录。错误码：仅通用错误码。"""
        log_out(request.auth, actor=request.user)
        return Response(status=204)


class DevicesView(APIView):
    @extend_schema(responses={200: DeviceOutput(many=True)})
    def get(self, request: Request) -> Response:
        """已登录的设备（F28），最近登录的在前，最多 50 台。错误码：仅通用错误码。"""
        rows = request.user.auth_token_set.order_by("-created")[:50]
        return Response(DeviceOutput(rows, many=True, context={"current": request.auth.pk}).data)


class DeviceView(APIView):
    @extend_schema(responses={204: None})
    def delete(self, request: Request, uuid) -> Response:
        """让一台设备下线（F28）。错误码：not_found (404)。"""
        row = request.user.auth_token_set.filter(uuid=uuid).first()
        if row is None:
            raise RuleError("not_found", "没有找到这台设备，它可能已经下线。请刷新列表。", status=404)
        log_out(row, actor=request.user)
        return Response(status=204)


class ForgotView(OpenView):
    @extend_schema(request=ForgotInput, responses={202: SentenceOutput}, auth=[])
    def post(self, request: Request) -> Response:
        """获取设置密码用的短信验证码（F28）。

        账号是否存在，回答都一样；没有开通短信时 detail 说明去哪里领取一次性口令。

        错误码：throttled (429)。
        """
        data = self.read(ForgotInput, request)
        sentence = ask_for_code(data["account"], address=client_address(request))
        return Response({"detail": sentence}, status=202)


class ResetView(OpenView):
    @extend_schema(request=ResetInput, responses={200: LoginOutput}, auth=[])
    def post(self, request: Request) -> Response:
        """用短信验证码或纸条上的一次性口令设置密码，并登录本机（F28）。

        此前的登录全部失效，锁定随之解除。

        错误码：password_refused、reset_failed (400)、throttled (429)、frozen、membership_ended (403)。
        """
        data = self.read(ResetInput, request)
        member = reset_password(
            data["account"],
            data["code"],
            data["password"],
            device=data["device"],
            address=client_address(request),
        )
        return entrance(member, data)


class PasswordRulesView(OpenView):
    @extend_schema(responses={200: PasswordRuleOutput(many=True)}, auth=[])
    def get(self, request: Request) -> Response:
        """密码规则，供输入时逐条打勾（F20）。错误码：仅通用错误码。"""
        return Response(PasswordRuleOutput(RULES, many=True).data)


class ConsentsView(APIView):
    @extend_schema(request=ConsentInput, responses={201: ConsentOutput})
    def post(self, request: Request) -> Response:
        """同意一份文件的现行版本（F22）。

        再次同意返回第一次的时间；同意履职承诺的，同时记入本人资料。

        错误码：document_outdated (409)。
        """
        serializer = ConsentInput(data=request.data)
        serializer.is_valid(raise_exception=True)
        consent = agree(request.user.member, serializer.validated_data["document"], actor=request.user)
        return Response(ConsentOutput({"document": consent.document.code, "at": consent.at}).data, status=201)
