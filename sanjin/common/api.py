"""What every API view shares: errors as RFC 9457 problems, and pages by cursor."""

from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import Http404
from rest_framework import exceptions, pagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import set_rollback

from .errors import RuleError

# What DRF itself refuses, in words that name cause and remedy.
SENTENCES = {
    400: ("input_invalid", "提交的内容有误", "请按每一项下面的提示修改后再提交。"),
    401: ("not_authenticated", "请先登录", "您还没有登录，或登录已过期。请重新登录。"),
    403: ("permission_denied", "无权操作", "当前账号没有这项权限。如有需要，请联系本支部管理员。"),
    404: ("not_found", "没有找到", "内容不存在，或您无权查看。请返回上一页。"),
    405: ("method_not_allowed", "不支持的请求方式", "请更新到最新版本后再试。"),
    413: ("body_too_large", "提交的内容过大", "提交的内容超过大小限制。请减少内容后再提交。"),
    415: ("unsupported_media_type", "不支持的内容格式", "请以 JSON 格式提交。"),
    429: ("throttled", "操作过于频繁", "请稍等片刻再试。"),
}


def problem(
    code: str,
    detail: str,
    *,
    status: int,
    title: str | None = None,
    errors: list[dict] | None = None,
    **more: Any,
) -> Response:
    """An `application/problem+json` answer: code, title and detail in Chinese, `errors` one per input field."""
    body = {
        "type": "about:blank",
        "title": title or "操作未完成",
        "status": status,
        "code": code,
        "detail": detail,
    }
    body["errors"] = errors or []
    return Response(body | more, status=status, content_type="application/problem+json")


def problem_handler(error: Exception, context: dict) -> Response | None:
    """DRF's exception handler: RuleError and DRF's own errors become problems; the rest is a 500 as ever."""
    if isinstance(error, RuleError):
        set_rollback()
        errors = [{"field": error.field, "code": error.code, "detail": error.message}] if error.field else []
        return problem(error.code, error.message, status=error.status, errors=errors, data=error.data)
    if isinstance(error, Http404):
        error = exceptions.NotFound()
    if isinstance(error, PermissionDenied):
        error = exceptions.PermissionDenied()
    if not isinstance(error, exceptions.APIException):
        return None
    set_rollback()
    code, title, detail = SENTENCES.get(
        error.status_code, ("refused", HTTPStatus(error.status_code).phrase, str(error.detail))
    )
    errors = _flatten(error.detail) if isinstance(error, exceptions.ValidationError) else []
    response = problem(code, detail, status=error.status_code, title=title, errors=errors)
    if header := getattr(error, "auth_header", None):
        response["WWW-Authenticate"] = header
    if wait := getattr(error, "wait", None):
        response["Retry-After"] = str(int(wait))
    return response


def _flatten(detail: Any, field: str = "") -> list[dict]:
    if isinstance(detail, dict):
        return [
            row
            for key, value in detail.items()
            for row in _flatten(value, f"{field}.{key}" if field else key)
        ]
    if isinstance(detail, list):
        return [row for value in detail for row in _flatten(value, field)]
    return [{"field": field or None, "code": getattr(detail, "code", "invalid"), "detail": str(detail)}]


class FeedPagination(pagination.CursorPagination):
    """Feeds page by cursor: `next`, `previous`, `results`; newest first."""

    ordering = "-id"
    page_size = 20

    def paginate_queryset(self, queryset: QuerySet, request: Request, view: Any = None) -> list | None:
        """REST framework compares whatever position a cursor names: one that was made up is a 404, not a 500."""
        try:
            return super().paginate_queryset(queryset, request, view)
        except (ValueError, ValidationError):
            if self.cursor_query_param not in request.query_params:
                raise
            raise exceptions.NotFound(self.invalid_cursor_message)
