"""The root changes a rule: a new version from a day on; what was earned before stays as it was."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange

from points.models import Rule, RuleVersion
from points.periods import today
from points.permissions import can_change_rules
from sanjin.common.audit import audited
from sanjin.common.errors import RuleError


def change_rule(
    rule: Rule,
    *,
    actor: Any,
    starts_on: date,
    score: Decimal | None = None,
    points_cap: Decimal | None = None,
    points_window: str = "",
    times_cap: int | None = None,
    times_window: str = "",
) -> RuleVersion:
    """End the newest version the day before `starts_on` and append the next one. Bands are kept; score=None keeps the
    score, too: where there are bands it is unused.

    RuleError: `not_root` (403), `rule_starts_too_early` (a day that may already have been scored),
    `score_changes_sign`, `cap_needs_window`.
    """
    if not can_change_rules(actor):
        raise RuleError(
            "not_root", "积分规则由平台管理员维护，您的账号不能修改。请联系平台管理员。", status=403
        )
    with audited("points.rule_changed", actor=actor, subject=rule) as entry:
        rule = Rule.objects.select_for_update().get(pk=rule.pk)
        last = rule.versions.latest("number")
        score = last.score if score is None else score
        _check_follows(last, starts_on, score)
        _check_cap(points_cap, points_window, "points_window")
        _check_cap(times_cap, times_window, "times_window")
        last.in_force = DateRange(last.in_force.lower, starts_on)
        last.save(update_fields=["in_force"])
        version = rule.versions.create(
            number=last.number + 1,
            in_force=DateRange(starts_on, None),
            score=score,
            bands=last.bands,
            points_cap=points_cap,
            points_window=points_window,
            times_cap=times_cap,
            times_window=times_window,
        )
        entry.data["version"] = version.number
    return version


def _check_follows(last: RuleVersion, starts_on: date, score: Decimal) -> None:
    """No day that may have been scored changes its rule, and a reward stays a reward."""
    if starts_on <= max(today(), last.in_force.lower):
        raise RuleError(
            "rule_starts_too_early",
            "新规则从明天起才能生效，已发生的行为按当时的规则积分。请选择更晚的日期。",
            field="starts_on",
        )
    if (score < 0) != (last.score < 0):
        raise RuleError(
            "score_changes_sign",
            "分值的正负号变了：加分规则不能改为扣分规则，扣分规则也不能改为加分。请核对分值。",
            field="score",
        )


def _check_cap(cap: Decimal | int | None, window: str, field: str) -> None:
    """The same holds in the database (`points_cap_has_a_window`); here it gets its sentence."""
    if (cap is None) != (window == ""):
        raise RuleError(
            "cap_needs_window", "上限和周期只填了一个。请同时填写上限和周期，或同时留空。", field=field
        )
