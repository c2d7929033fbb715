"""API: my points, the rules, an organisation's formula, rankings."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import datetime
from uuid import UUID

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from organizations.enums import Nature
from organizations.models import Organization
from points.enums import SubjectKind
from points.periods import label, read_period, today, year_code
from points.queries.feed import history
from points.queries.ranking import (
    NOTICE,
    SWITCHED_OFF,
    member_ranking,
    organization_places,
    ranking,
    ranking_scope,
    rankings_shown,
)
from points.queries.rules import cap_text, rules_on, score_text
from points.queries.totals import member_summary, total_of
from sanjin.common.errors import RuleError

from .serializers import (
    FeedSerializer,
    OrganizationRankingSerializer,
    RankingSerializer,
    RuleSerializer,
    SummarySerializer,
    TotalSerializer,
    points_text,
    total_text,
)

YEAR = OpenApiParameter("year", int, description="公历年，四位数字；不填为今年")
PERIOD = OpenApiParameter(
    "period",
    int,
    description="期间：年份 × 100 加 0（全年）、1–12（月）或 21–24（季度），如 202611；不填为今年",
)
NATURE = OpenApiParameter("nature", str, enum=Nature.values, description="排哪一级党组织；不填为支部")


def asked_nature(request: Request) -> str:
    nature = request.query_params.get("nature", "") or Nature.BRANCH.value
    if nature not in Nature.values:
        raise RuleError("nature_invalid", "部门性质不正确。请从支部、党总支、党委中选择。", field="nature")
    return nature


def asked_year(request: Request) -> int:
    text = request.query_params.get("year", "")
    if not text:
        return today().year
    if read_period(f"{text}00") is None:
        raise RuleError("year_invalid", "年份不正确。请填写四位数字的年份，例如 2026。", field="year")
    return int(text)


def asked_period(request: Request) -> int:
    text = request.query_params.get("period", "")
    if not text:
        return year_code(today())
    period = read_period(text)
    if period is None:
        raise RuleError(
            "period_invalid",
            "期间不正确。请填写年份加两位数字：00 全年，01–12 月，21–24 季度，例如 202611。",
            field="period",
        )
    return period


class MyPoints(APIView):
    @extend_schema(parameters=[YEAR, OpenApiParameter("cursor", str)], responses=FeedSerializer)
    def get(self, request: Request) -> Response:
        """我一年里的每项行为，新的在前，写明得分或不得分的原因（F01）。错误码：year_invalid、cursor_invalid (400)。"""
        before = read_cursor(request.query_params.get("cursor", ""))
        lines, last = history(request.user.member, asked_year(request), before=before)
        following = None
        if last:
            query = request.query_params.copy()
            query["cursor"] = write_cursor(last)
            following = request.build_absolute_uri(f"?{query.urlencode()}")
        return Response(FeedSerializer({"next": following, "previous": None, "results": lines}).data)


class MyPointsSummary(APIView):
    @extend_schema(parameters=[YEAR], responses=SummarySerializer)
    def get(self, request: Request) -> Response:
        """我一年的积分合计：全年、本月、本季度和各月。错误码：year_invalid (400)。"""
        found = member_summary(request.user.member, asked_year(request))
        months = [{"month": row["month"], "points": points_text(row["points"])} for row in found["months"]]
        texts = {key: points_text(found[key]) for key in ("total", "month", "quarter")}
        return Response({"year": found["year"], **texts, "months": months, "notice": NOTICE})


class Rules(APIView):
    @extend_schema(responses=RuleSerializer(many=True))
    def get(self, request: Request) -> Response:
        """今天有效的积分规则，与实际计分用的是同一份（F04）；open 为 false 的，对应的功能还没有开通。错误码：仅通用错误码。"""
        return Response(
            [
                {
                    "code": rule.code,
                    "name": rule.name,
                    "subject": SubjectKind(rule.subject).name.lower(),
                    "score_text": score_text(rule.current),
                    "cap_text": "；".join(filter(None, (cap_text(rule.current), rule.remark))),
                    "who": rule.who,
                    "open": rule.open,
                }
                for rule in rules_on(today())
            ]
        )


class OrganizationTotal(APIView):
    @extend_schema(parameters=[PERIOD], responses=TotalSerializer)
    def get(self, request: Request, uuid: UUID) -> Response:
        """一个组织某期间的总分和公式里的各项数字（F04）。

        每天夜里和积分变动后重新计算，computed_at 是最近一次的时间。错误码：not_found (404)、period_invalid (400)。
        """
        row = get_object_or_404(Organization.objects.visible_to(request.user), uuid=uuid)
        period = asked_period(request)
        formula = total_of(row, period)
        return Response(
            {
                "organization": {"id": str(row.uuid), "name": row.name},
                "period_label": label(period),
                "own": total_text(formula.own),
                "inner_label": formula.words.inner,
                "inner_sum": total_text(formula.inner_sum),
                "inner_count": formula.inner_count,
                "quotient": total_text(formula.quotient),
                "total": total_text(formula.total),
                "computed_at": formula.computed_at,
                "formula_text": formula.text(),
            }
        )


class OrganizationRanking(APIView):
    @extend_schema(
        parameters=[
            OpenApiParameter("scope", str, description="换成这个组织之下的名次（组织的 id）"),
            NATURE,
            PERIOD,
        ],
        responses=OrganizationRankingSerializer,
    )
    def get(self, request: Request) -> Response:
        """直属上级党委及其下级中各支部（或党总支、党委）的总分名次，前 100 名（F03）；党总支、党委写明入驻支部数（F40）。

        错误码：not_found (404)、scope_invalid、nature_invalid、period_invalid (400)。
        """
        nature = asked_nature(request)
        scope = self._scope(request)
        period = asked_period(request)
        if not rankings_shown(scope):
            return ranked(scope, period, None)
        mine = getattr(request.user, "member", None)
        rows = ranking(request.user, scope, period, nature)
        places = organization_places(rows, mine.organization if mine else None)
        results = [place._asdict() | {"points": total_text(place.points)} for place in places]
        return ranked(scope, period, results)

    def _scope(self, request: Request) -> Organization:
        asked = request.query_params.get("scope")
        if not asked:
            return ranking_scope(request.user.member.organization)
        try:
            return get_object_or_404(Organization.objects.visible_to(request.user), uuid=UUID(asked))
        except ValueError:
            raise RuleError("scope_invalid", "组织编号不正确。请从组织列表里选择。", field="scope")


class MemberRanking(APIView):
    @extend_schema(parameters=[PERIOD], responses=RankingSerializer)
    def get(self, request: Request) -> Response:
        """本支部计分党员的积分名次，前 100 名（F03）。错误码：period_invalid (400)。"""
        reader, period = request.user.member, asked_period(request)
        if not rankings_shown(reader.organization):
            return ranked(reader.organization, period, None)
        places = member_ranking(reader, period) if reader.in_good_standing else []
        results = [place._asdict() | {"points": points_text(place.points)} for place in places]
        return ranked(reader.organization, period, results)


def ranked(scope: Organization, period: int, results: list[dict] | None) -> Response:
    """The answer of a ranking; results None: it is switched off."""
    shown = results is not None
    return Response(
        {
            "shown": shown,
            "period_label": label(period),
            "scope_name": scope.name,
            "results": results or [],
            "notice": NOTICE if shown else SWITCHED_OFF,
        }
    )


def write_cursor(position: tuple[datetime, int, int]) -> str:
    at, place, id = position
    return urlsafe_b64encode(f"{at.isoformat()}|{place}|{id}".encode()).decode()


def read_cursor(text: str) -> tuple[datetime, int, int] | None:
    if not text:
        return None
    try:
        at, place, id = urlsafe_b64decode(text.encode()).decode().split("|")
        position = datetime.fromisoformat(at), int(place), int(id)
        if position[0].tzinfo is None or not 0 <= position[2] < 2**63:
            raise ValueError
    except ValueError:
        raise RuleError("cursor_invalid", "分页位置不正确。请从第一页重新查看。", field="cursor")
    return position
