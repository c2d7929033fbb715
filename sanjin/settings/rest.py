"""The API: knox tokens, RFC 9457 errors, OpenAPI."""

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["members.authentication.MemberTokenAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["members.permissions.IsMember"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": [
        "sanjin.common.parsers.BoundedJSONParser",
        "rest_framework.parsers.MultiPartParser",
    ],
    "DEFAULT_SCHEMA_CLASS": "sanjin.common.schema.ProblemSchema",
    "DEFAULT_PAGINATION_CLASS": "sanjin.common.api.FeedPagination",
    "PAGE_SIZE": 20,
    "EXCEPTION_HANDLER": "sanjin.common.api.problem_handler",
    "UNAUTHENTICATED_USER": None,
}

SPECTACULAR_SETTINGS = {
    "TITLE": "三晋先锋 API",
    "DESCRIPTION": "党员移动端接口。除登录和设置密码外，请求头带 `Authorization: Token …`。列表用 next、previous 翻页。\n\n"
    "错误为 application/problem+json (RFC 9457)，以 code 区分。每个接口列出自己的错误码；通用错误码是："
    "input_invalid (400)、not_authenticated (401)、permission_denied (403)、not_found (404)、method_not_allowed (405)、"
    "body_too_large (413)、unsupported_media_type (415)、throttled (429)。",
    "VERSION": "1.0.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api/v1/",
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "COMPONENT_SPLIT_REQUEST": True,
    # Several things have a kind or a state; each gets a name of its own.
    "ENUM_NAME_OVERRIDES": {
        "MemberKindEnum": "members.enums.MemberKind",
        "MessageKindEnum": "members.enums.MessageKind",
        "MeetingKindEnum": "meetings.enums.MeetingKind",
        "AttendanceEnum": "meetings.enums.Attendance",
        "PhaseEnum": "meetings.enums.Phase",
    },
}
