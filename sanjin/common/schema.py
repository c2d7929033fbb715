"""The OpenAPI document says how every address refuses: a problem of RFC 9457 (`sanjin.common.api.problem_handler`)."""

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiExample, extend_schema_serializer
from rest_framework import serializers

PROBLEM = "application/problem+json"


class FieldProblem(serializers.Serializer):
    field = serializers.CharField(allow_null=True)
    code = serializers.CharField()
    detail = serializers.CharField()


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "没有找到",
            value={
                "type": "about:blank",
                "title": "没有找到",
                "status": 404,
                "code": "not_found",
                "detail": "内容不存在，或您无权查看。请返回上一页。",
                "errors": [],
            },
        )
    ]
)
class Problem(serializers.Serializer):
    """`code` is stable; `title` and `detail` are for people; `errors` has one row per wrong field; `data` is what a
    client may need for the next step."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    code = serializers.CharField()
    detail = serializers.CharField()
    errors = FieldProblem(many=True)
    data = serializers.DictField(required=False)


class ProblemSchema(AutoSchema):
    """Adds the refusal to each operation; what an operation documents itself stays."""

    def _get_response_bodies(self, direction: str = "response") -> dict:
        bodies = super()._get_response_bodies(direction=direction)
        if direction == "response":
            bodies.setdefault(
                "4XX", self._get_response_for_code(Problem, "4XX", media_types=[PROBLEM], direction=direction)
            )
        return bodies
