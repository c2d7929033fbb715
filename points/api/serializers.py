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
    code = serializers.CharField()
    name = serializers.CharField()


class LineSerializer(serializers.Serializer):
    """One line of 我的积分: what was paid, or why nothing was (F01)."""

    id = serializers.CharField()
    kind = serializers.ChoiceField(["entry", "refusal"])
    title = serializers.CharField()
    rule = RuleRefSerializer()
    points = serializers.CharField(help_text='"5", "0.5", "-3"; "0" if refused')
    reason = serializers.CharField(help_text="why it earned nothing, or less; '' otherwise")
    acted_on = serializers.DateField()
    at = serializers.DateTimeField()
    count = serializers.IntegerField(help_text="how many acts a refusal stands for")

    def to_representation(self, line) -> dict:
        return super().to_representation(line) | {"points": points_text(line.points)}


class FeedSerializer(serializers.Serializer):
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    results = LineSerializer(many=True)


class MonthSerializer(serializers.Serializer):
    month = serializers.IntegerField()
    points = serializers.CharField()


class SummarySerializer(serializers.Serializer):
    year = serializers.IntegerField()
    total = serializers.CharField()
    month = serializers.CharField()
    quarter = serializers.CharField()
    months = MonthSerializer(many=True)
    notice = serializers.CharField()


class RuleSerializer(serializers.Serializer):
    code = serializers.CharField()
    name = serializers.CharField()
    subject = serializers.ChoiceField(["member", "organization"])
    score_text = serializers.CharField()
    cap_text = serializers.CharField()
    who = serializers.CharField()


class TotalSerializer(serializers.Serializer):
    """An organisation's formula with its numbers (F04): own + inner_sum ÷ inner_count = total."""

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
    rank = serializers.IntegerField()
    name = serializers.CharField()
    points = serializers.CharField()


class RankingSerializer(serializers.Serializer):
    """shown: false if the organisation or a superior switched rankings off; then `notice` says so (F03)."""

    shown = serializers.BooleanField()
    results = PlaceSerializer(many=True)
    notice = serializers.CharField()
