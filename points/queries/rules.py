"""Rules and the versions in force."""

from datetime import date
from decimal import Decimal

from django.db.models import Prefetch

from points.awarders import is_open
from points.enums import Window
from points.models import Rule, RuleVersion


def version_on(code: str, day: date) -> RuleVersion | None:
    """The version of a rule (with the rule) that was in force on a day."""
    return RuleVersion.objects.filter(rule__code=code, in_force__contains=day).select_related("rule").first()


def rules_on(day: date) -> list[Rule]:
    """Rules in force on a day, each with its version as `current` and whether a feature awards it as `open`; of each
    subject those that pay first. Two queries."""
    in_force = RuleVersion.objects.filter(in_force__contains=day)
    rules = Rule.objects.prefetch_related(Prefetch("versions", in_force, to_attr="found"))
    result: list[Rule] = []
    for rule in rules:
        if rule.found:
            rule.current, rule.open = rule.found[0], is_open(rule.code)
            result.append(rule)
    return sorted(result, key=lambda rule: (rule.subject, not rule.open))


def number(value: Decimal) -> str:
    """A score as people write it: 5, 0.5."""
    return f"{value.normalize():f}"


def score_text(version: RuleVersion) -> str:
    """+5, −3, or the bands: 60 分起 +0.5，80 分起 +1."""
    if version.bands:
        return "，".join(f"{band['from']} 分起 +{band['score']}" for band in version.bands)
    sign = "+" if version.score >= 0 else "−"
    return f"{sign}{number(abs(version.score))}"


def cap_text(version: RuleVersion) -> str:
    """每季度计 1 次，每年最多 20 分; '' without a cap."""
    parts = []
    if version.times_cap is not None:
        parts.append(f"每{Window(version.times_window).label}计 {version.times_cap} 次")
    if version.points_cap is not None:
        most = "最多扣" if version.score < 0 else "最多"
        parts.append(f"每{Window(version.points_window).label}{most} {number(version.points_cap)} 分")
    return "，".join(parts)
