"""The OpenAPI document says how every address refuses: a problem of RFC 9457 (`sanjin.common.api.problem_handler`)."""

import re

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiExample, extend_schema_serializer
from rest_framework import serializers

PROBLEM = "application/problem+json"
# A line's end inside a Chinese sentence of a docstring: a browser would draw it as a blank.
WRAPPED = re.compile(r"(?<=[\u3000-\uffef])\n(?=[\u3000-\uffef])")


class FieldProblem(serializers.Serializer):
    """一个有误的项目；field 为空的与整份内容有关。"""

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
    """错误（RFC 9457）。code 不会变，供程序判断；title 和 detail 给人看；errors 每个有误的项目一行；data 是下一步要用的内容。"""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    code = serializers.CharField()
    detail = serializers.CharField()
    errors = FieldProblem(many=True)
    data = serializers.DictField(required=False)


class ProblemSchema(AutoSchema):
    """What an operation says of itself is its docstring: the first sentence in the list, the rest when it is opened.
    Adds the refusal to each operation; what an operation documents itself stays."""

    def get_summary(self) -> str:
        return self._told()[0]

    def get_description(self) -> str:
        return self._told()[1]

    def _told(self) -> tuple[str, str]:
        text = WRAPPED.sub("", super().get_description())
        first, _, rest = text.partition("。")
        return first.strip(), rest.strip()

    def _get_response_bodies(self, direction: str = "response") -> dict:
        bodies = super()._get_response_bodies(direction=direction)
        if direction == "response":
            bodies.setdefault(
                "4XX", self._get_response_for_code(Problem, "4XX", media_types=[PROBLEM], direction=direction)
            )
        return bodies
