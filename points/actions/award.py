"""Earn points: the only way into the ledger, together with `reverse`."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction

from members.models import Member
from points.enums import Reason, SubjectKind
from points.models import RuleVersion
from points.periods import year_code
from points.queries.rules import version_on
from points.subjects import CUT, CUT_NOTE, Outcome, Subject
from points.tasks import recompute_dirty
from sanjin.common.audit import audited, current_audit
from sanjin.common.bell import ring

from . import allowance, booking, refusals
from .booking import Act
from .years import booking_day

NOTHING = Decimal(0)


def award(
    rule_code: str,
    subjects: Iterable[Subject],
    *,
    source_key: str,
    acted_on: date,
    title: str,
    actor: Any,
    value: Any = None,
    refuse: str | None = None,
    link: str = "",
) -> dict[Subject, Outcome]:
    """Book what one act earns by the rule version in force on its day, for many subjects in a fixed number of queries.

    rule_code: of rules.md §2, §3; an unknown one, or one not in force, earns nothing (`no_rule`). source_key: opaque,
    at most 100 characters; the same (subject, rule, source) again returns the first result. acted_on: the date of the
    act; a source never changes it. value: the result that bands are read by. refuse: a code of `enums.Reason` or a
    sentence of the feature's own; then all subjects are refused with it. title, link: what people see and open.

    Returns an Outcome for each subject. Joins the caller's transaction. Refusals are rows with a reason (F01, F48).
    """
    wanted = {subject.id: subject for subject in subjects}
    if not wanted:
        return {}
    version = version_on(rule_code, acted_on)
    if version is None:
        return dict.fromkeys(wanted.values(), Outcome(NOTHING, Reason.NO_RULE, None, None))
    if any(subject.kind != version.rule.subject for subject in wanted.values()):
        raise ValueError(f"{rule_code} pays {version.rule.get_subject_display()} only")
    with _in_audit("points.awarded", actor, rule=rule_code, source=source_key):
        act = Act(source_key, title, link, acted_on, booking_day(acted_on))
        outcomes = _award(version, wanted, act, value=value, refuse=refuse)
    return {wanted[id]: outcome for id, outcome in outcomes.items()}


def _award(
    version: RuleVersion, wanted: dict[int, Subject], act: Act, *, value: Any, refuse: str | None
) -> dict[int, Outcome]:
    """Existing entries first → allowance → insert → who lost a race gives back. Two requests for one source meet either
    at the allowance's row or at the entry's unique key; the second then finds the first one's entry."""
    organizations = {id: subject.organization_id for id, subject in wanted.items()}
    outcomes = {id: _known(row) for id, row in booking.find(version, sorted(wanted), act).items()}
    open_ids = [id for id in sorted(wanted) if id not in outcomes]

    outside = _not_normal(version, open_ids)
    granted, refused = _grant(version, [id for id in open_ids if id not in outside], act, value, refuse)
    refused |= dict.fromkeys(outside, Reason.NOT_NORMAL)
    score = version.score_of(value) or NOTHING
    notes = {id: CUT_NOTE for id, points in granted.items() if abs(points) < abs(score)}
    entries = booking.book(version, granted, organizations, notes, act)
    lost = {id: abs(points) for id, points in granted.items() if id not in entries}
    allowance.give_back(version, lost, act.acted_on)

    # A cap may have refused because the same source took it a moment ago: then its entry is visible by now.
    late = booking.find(version, [*lost, *refused], act) if lost or refused else {}
    refused = {id: reason for id, reason in refused.items() if id not in late}
    refusals.record(version, refused, organizations, act)

    for id, entry in entries.items():
        outcomes[id] = Outcome(granted[id], CUT if id in notes else "", entry, version.pk)
    outcomes |= {id: _known(row) for id, row in late.items()}
    outcomes |= {id: Outcome(NOTHING, reason, None, version.pk) for id, reason in refused.items()}
    if entries:
        ring(recompute_dirty)
    return outcomes


def _grant(
    version: RuleVersion, ids: list[int], act: Act, value: Any, refuse: str | None
) -> tuple[dict[int, Decimal], dict[int, str]]:
    """What each subject gets, signed, and the reasons of those who get nothing. Takes the allowances."""
    if not ids:
        return {}, {}
    if refuse:
        return {}, dict.fromkeys(ids, str(refuse))
    score = version.score_of(value)
    if score is None:
        return {}, dict.fromkeys(ids, Reason.BELOW_BAND)
    if score >= 0:
        return allowance.take(version, ids, act.acted_on, score)
    return _deduct(version, ids, act, -score)


def _deduct(
    version: RuleVersion, ids: list[int], act: Act, amount: Decimal
) -> tuple[dict[int, Decimal], dict[int, str]]:
    """rules.md §2: spares exempt members and those without a phone; a year never falls below 0."""
    refused: dict[int, str] = dict.fromkeys(_spared(version, ids), Reason.SPARED)
    taken, capped = allowance.take(version, [id for id in ids if id not in refused], act.acted_on, amount)
    balances = booking.year_balances(
        SubjectKind(version.rule.subject), sorted(taken), year_code(act.booked_on)
    )
    possible = {id: min(points, max(balances[id], NOTHING)) for id, points in taken.items()}
    for times in (True, False):  # nothing left to deduct: the time is given back as well
        unused = {
            id: taken[id] - points
            for id, points in possible.items()
            if points < taken[id] and (points == 0) == times
        }
        allowance.give_back(version, unused, act.acted_on, times=times)
    refused |= capped | {id: Reason.FLOOR for id, points in possible.items() if points == 0}
    return {id: -points for id, points in possible.items() if points}, refused


def _not_normal(version: RuleVersion, ids: list[int]) -> set[int]:
    """rules.md §1: who is not in normal standing is not counted; nothing is given or taken (decision 28)."""
    if version.rule.subject != SubjectKind.MEMBER or not ids:
        return set()
    return set(ids) - set(Member.objects.normal().filter(pk__in=ids).values_list("pk", flat=True))


def _spared(version: RuleVersion, ids: list[int]) -> list[int]:
    if version.rule.subject != SubjectKind.MEMBER:
        return []
    spared = Member.objects.without_usable_phone().filter(pk__in=ids)
    return list(spared.values_list("pk", flat=True))


def _known(row: booking.Booked) -> Outcome:
    return Outcome(row.points, CUT if row.note else "", row.entry_id, row.version_id)


@contextmanager
def _in_audit(verb: str, actor: Any, **data: Any) -> Iterator[None]:
    """Inside a feature's action its audit entry is enough: the ledger row names it. Alone, we write our own."""
    if current_audit():
        with transaction.atomic():
            yield
    else:
        with audited(verb, actor=actor, **data):
            yield
