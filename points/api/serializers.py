"""Shapes of the points API. Points are strings with the decimals that they need; totals have two."""

from decimal import ROUND_HALF_UP, Decimal

from rest_framework import serializers

from points.queries.rules import number


def points_text(value: Decimal) -> str:
    """5, 0.5, -3."""
    return number(value) if value else "0"


def total_text(value: Decimal) -> str:
    """1438.50: two decimals, half up."""
    return str(value.quantize(Decimal("0.01"), ROUND_HALF_UP))


class RuleRefSerializer(serializers.Serializer):
    """按哪条规则。"""

    code = serializers.CharField()
    name = serializers.CharField()


class LineSerializer(serializers.Serializer):
    """我的积分的一行：得了多少分，或为什么不得分（F01）。"""

    id = serializers.CharField()
    kind = serializers.ChoiceField(["entry", "refusal"])
    title = serializers.CharField()
    rule = RuleRefSerializer()
    points = serializers.CharField(help_text='分，如 "5"、"0.5"、"-3"；不得分为 "0"')
    reason = serializers.CharField(help_text="不得分或少得分的原因，全额得分的为空")
    acted_on = serializers.DateField(help_text="行为发生的日期")
    at = serializers.DateTimeField(help_text="记录的时间")
    count = serializers.IntegerField(help_text="这一行代表几次行为（不得分的合并为一行）")

    def to_representation(self, line) -> dict:
        return super().to_representation(line) | {"points": points_text(line.points)}


class FeedSerializer(serializers.Serializer):
    """一页积分明细；next 是更早一页的地址，没有了为空。"""

    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    results = LineSerializer(many=True)


class MonthSerializer(serializers.Serializer):
    """一个月的积分，month 是 1–12。"""

    month = serializers.IntegerField()
    points = serializers.CharField(help_text="分")


class SummarySerializer(serializers.Serializer):
    """total、month、quarter 分别是全年、本月、本季度的积分，如 "1438.5"。"""

    year = serializers.IntegerField()
    total = serializers.CharField()
    month = serializers.CharField()
    quarter = serializers.CharField()
    months = MonthSerializer(many=True)
    notice = serializers.CharField()


class RuleSerializer(serializers.Serializer):
    """一条规则。score_text 如“+5”，cap_text 是上限（没有上限的为空），who 是适用于谁；open 为 false：对应的功能还没有开通。"""

    code = serializers.CharField()
    name = serializers.CharField()
    subject = serializers.ChoiceField(["member", "organization"])
    score_text = serializers.CharField()
    cap_text = serializers.CharField()
    who = serializers.CharField()
    open = serializers.BooleanField()


class TotalSerializer(serializers.Serializer):
    """组织的公式和其中的数字（F04）：own + inner_sum ÷ inner_count = total。分数是两位小数的字符串。"""

    organization = serializers.DictField()
    period_label = serializers.CharField()
    own = serializers.CharField()
    inner_label = serializers.CharField()
    inner_sum = serializers.CharField()
    inner_count = serializers.IntegerField()
    quotient = serializers.CharField()
    total = serializers.CharField()
    computed_at = serializers.DateTimeField(allow_null=True)
    formula_text = serializers.CharField()


class PlaceSerializer(serializers.Serializer):
    """一个名次；积分相同的名次相同。points 是分，组织为两位小数；mine 是我自己、我所在的支部或它的上级。"""

    rank = serializers.IntegerField()
    name = serializers.CharField()
    points = serializers.CharField()
    mine = serializers.BooleanField()


class OrganizationPlaceSerializer(PlaceSerializer):
    """settled 是入驻支部数（管理员账号已激活的支部，F40），branches 是下级支部总数；支部自己没有下级，两项为空。"""

    settled = serializers.IntegerField(allow_null=True)
    branches = serializers.IntegerField(allow_null=True)


class RankingSerializer(serializers.Serializer):
    """period_label、scope_name：哪段时间、哪个组织之下的名次。本组织或上级关闭了排行时 shown 为 false，notice 写明原因（F03）。"""

    shown = serializers.BooleanField()
    period_label = serializers.CharField()
    scope_name = serializers.CharField()
    results = PlaceSerializer(many=True)
    notice = serializers.CharField()


class OrganizationRankingSerializer(RankingSerializer):
    """各级党组织的排行；关闭了排行时 shown 为 false，notice 写明原因（F03）。"""

    results = OrganizationPlaceSerializer(many=True)
