"""What earned nothing is written down too, with its reason (F01, F48)."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db import connection

from points.enums import Measure, Reason, Window
from points.models import RuleVersion
from points.periods import window_code
from points.subjects import CUT, CUT_NOTE, Outcome
from sanjin.common.audit import current_audit

from .allowance import cap_of
from .booking import Act

REFUSE = """
    INSERT INTO points_pointrefusal AS r (subject_kind, subject_id, rule_id, "window", reason, count, sources, title,
        link, note, acted_on, organization_id, audit, updated_at)
    SELECT %(kind)s, t.id, %(rule)s, %(window)s, %(reason)s, 1, jsonb_build_array(%(source_key)s::text), %(title)s,
        %(link)s, %(note)s, %(acted_on)s, t.organization_id, %(audit)s, now()
    FROM unnest(%(ids)s::bigint[], %(organizations)s::bigint[]) AS t (id, organization_id)
    ORDER BY t.id
    ON CONFLICT (subject_kind, subject_id, rule_id, "window", reason) DO UPDATE SET
        count = r.count + 1,
        sources = CASE WHEN jsonb_array_length(r.sources) < 64 THEN r.sources ELSE r.sources - 0 END
            || excluded.sources,
        title = excluded.title, link = excluded.link, note = excluded.note, acted_on = excluded.acted_on,
        organization_id = excluded.organization_id, audit = excluded.audit, updated_at = excluded.updated_at
        WHERE NOT r.sources @> excluded.sources
"""


def record(
    version: RuleVersion, refused: Mapping[int, str], organizations: Mapping[int, int], act: Act
) -> None:
    """One row per (subject, rule, window, reason). The same source again changes nothing."""
    for reason in sorted(set(refused.values())):
        ids = sorted(id for id, why in refused.items() if why == reason)
        values: dict[str, Any] = {
            "kind": int(version.rule.subject),
            "rule": version.rule_id,
            "window": window_code(_window(version, reason), act.acted_on),
            "reason": reason,
            "source_key": act.source_key,
            "title": act.title[:120],
            "link": act.link,
            "note": sentence(version, reason),
            "acted_on": act.acted_on,
            "audit": current_audit(),
            "ids": ids,
            "organizations": [organizations[id] for id in ids],
        }
        with connection.cursor() as cursor:
            cursor.execute(REFUSE, values)


def sentence(version: RuleVersion, reason: str) -> str:
    """The reason in words, with the rule's own window and cap; a feature's sentence stays as it is."""
    if reason not in Reason.values:
        return reason
    measure = Measure.TIMES if reason == Reason.CAP_TIMES else Measure.POINTS
    cap, window = cap_of(version, measure)
    if cap is None:
        return str(Reason(reason).label)
    return str(Reason(reason).label).format(
        window=Window(window).label, cap=f"{Decimal(cap).normalize():f}" if measure == Measure.POINTS else cap
    )


def explain(version: RuleVersion | None, outcome: Outcome) -> str:
    """Why an outcome is not the rule's full score, in at most 120 characters for the feature's own row; "" if it is."""
    if not outcome.reason:
        return ""
    if outcome.reason == CUT:
        return CUT_NOTE
    return sentence(version, outcome.reason)[:120] if version else str(Reason.NO_RULE.label)


def _window(version: RuleVersion, reason: str) -> str:
    if reason == Reason.CAP_TIMES:
        return version.times_window
    return version.points_window if reason == Reason.CAP_POINTS else Window.DAY
