"""How the API reads a body. Apart from `api`, because REST framework loads parsers while its views are being defined."""

from collections.abc import Mapping
from typing import IO, Any

from django.conf import settings
from rest_framework import status
from rest_framework.exceptions import APIException, ParseError
from rest_framework.parsers import JSONParser


class BodyTooLarge(APIException):
    status_code = status.HTTP_413_REQUEST_ENTITY_TOO_LARGE
    default_detail = "提交的内容超过大小限制。请减少内容后再提交。"
    default_code = "body_too_large"


class BoundedJSONParser(JSONParser):
    """REST framework reads a JSON body whole, past Django's DATA_UPLOAD_MAX_MEMORY_SIZE, and answers 500 to a body that
    is nested deeper than Python's stack. Here they are 413 and 400."""

    def parse(
        self,
        stream: IO[bytes],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        request = (parser_context or {}).get("request")
        # without a length WSGI gives an empty stream: a client can't hide behind a missing header
        if request is not None and _length(request) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            raise BodyTooLarge
        try:
            return super().parse(stream, media_type, parser_context)
        except RecursionError:
            raise ParseError("提交的内容嵌套过深。")


def _length(request: Any) -> int:
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0
