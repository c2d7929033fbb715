"""Rules and the versions in force."""

from datetime import date

from points.models import RuleVersion


def version_on(code: str, day: date) -> RuleVersion | None:
    """The version of a rule (with the rule) that was in force on a day."""
    return RuleVersion.objects.filter(rule__code=code, in_force__contains=day).select_related("rule").first()


def rule_exists(code: str, day: date) -> bool:
    return version_on(code, day) is not None
