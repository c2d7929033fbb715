"""Points of a province that is loaded without triggers: who counts where, a ledger, its balances, the totals.

Every balance has its entry, so that the night's comparison with the ledger finds nothing.
"""

from django.db import connection
from django.utils import timezone

from points.actions import recompute_all
from points.enums import SubjectKind
from points.models import Headcount, Rule
from points.periods import codes_of

from .copying import without_indexes
from .progress import Say, step

_HEADCOUNT = """
    INSERT INTO points_headcount (member_id, organization_id)
    SELECT id, organization_id FROM members_member WHERE members_is_counted(state, exempt_since) ORDER BY id
"""
_ENTRY = """
    INSERT INTO points_pointentry
        (year, subject_kind, subject_id, rule_id, version_id, points, source_key, title, link, note, acted_on,
         booked_on, organization_id)
    SELECT %(year)s, %(kind)s, subject.id, %(rule)s, %(version)s, {points}, 'sample', %(title)s, '', '', %(today)s,
           %(today)s, subject.{organization}
    FROM {table} subject WHERE {who}
"""
# Some shares and scores that differ from row to row but not from load to load.
_MEMBERS = _ENTRY.format(
    points="2 * (1 + subject.id * 7919 %% 5)",
    organization="organization_id",
    table="members_member",
    who="subject.id * 104729 %% 8 <> 0",
)
_BRANCHES = _ENTRY.format(
    points="5",
    organization="id",
    table="organizations_organization",
    who="subject.nature = 'branch' AND subject.id %% 9 <> 0",
)
_BALANCES = """
    INSERT INTO points_pointbalance (period, subject_kind, subject_id, points)
    SELECT period, subject_kind, subject_id, sum(points)
    FROM points_pointentry CROSS JOIN unnest(%(periods)s) AS period
    WHERE source_key = 'sample' GROUP BY 1, 2, 3
"""


def load(say: Say) -> None:
    """Fill headcount, ledger, balances of this month, quarter and year, and compute every total."""
    today = timezone.localdate()
    with connection.cursor() as cursor:
        with step(say, "who counts where"), without_indexes(Headcount):
            cursor.execute(_HEADCOUNT)
        with step(say, "ledger"):
            cursor.execute(_MEMBERS, _facts("volunteer", SubjectKind.MEMBER, today))
            cursor.execute(_BRANCHES, _facts("branch.themeday", SubjectKind.ORGANIZATION, today))
        with step(say, "balances"):
            cursor.execute(_BALANCES, {"periods": codes_of(today)})
    for period in codes_of(today):
        with step(say, f"totals of {period}"):
            recompute_all(period)


def _facts(code: str, kind: SubjectKind, today) -> dict[str, object]:
    rule = Rule.objects.get(code=code)
    return {
        "year": today.year,
        "kind": kind.value,
        "rule": rule.pk,
        "version": rule.versions.latest("number").pk,
        "title": rule.name,
        "today": today,
    }
