"""The ledger: caps, refusals, idempotence, reversals, closing (rules.md §1, §2)."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import InternalError, connection, transaction
from django.utils import timezone

from organizations.enums import Nature
from points.actions import Reason, award, check_drift, recompute_dirty, reverse
from points.models import Allowance, ClosedYear, Drift, PointBalance, PointEntry, PointRefusal, Rollup
from points.periods import codes_of, year_code
from points.subjects import member as member_subject
from points.subjects import organization as organization_subject
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def branch():
    return factories.organization(nature=Nature.BRANCH, below=factories.organization())


@pytest.fixture
def person(branch):
    return factories.member(branch, password=None)


def give(rule, subject, key, day, **more):
    return award(rule, [subject], source_key=key, acted_on=day, title="一件事", actor=None, **more)[subject]


def balance(subject, period):
    row = PointBalance.objects.filter(subject_kind=subject.kind, subject_id=subject.id, period=period).first()
    return row.points if row else Decimal(0)


def test_award_moves_month_quarter_and_year(person, today):
    subject = member_subject(person)
    outcome = give("meeting.congress", subject, "meeting:1", today)
    assert (outcome.points, outcome.reason) == (5, "")
    assert [balance(subject, period) for period in codes_of(today)] == [5, 5, 5]
    entry = PointEntry.objects.get()
    assert (entry.pk, entry.organization_id, entry.acted_on) == (
        outcome.entry_id,
        person.organization_id,
        today,
    )
    assert entry.audit is not None


def test_same_source_is_paid_once(person, today):
    subject = member_subject(person)
    first = give("article.read", subject, "article:1", today)
    assert give("article.read", subject, "article:1", today) == first
    assert PointEntry.objects.count() == 1
    assert Allowance.objects.get().used == 1


def test_last_award_is_cut_to_what_remains(person, today):
    subject = member_subject(person)
    points = [give("quiz.practice", subject, f"paper:{n}", today, value=95).points for n in range(2)]
    points.append(give("quiz.practice", subject, "paper:3", today, value=60).points)
    assert points == [Decimal("1.5"), Decimal("1.5"), 0]
    assert PointRefusal.objects.get().reason == Reason.CAP_POINTS
    low = give("quiz.contest", subject, "paper:4", today, value=59)
    assert (low.points, low.reason) == (0, Reason.BELOW_BAND)


def test_cut_award_says_so(person, today):
    subject = member_subject(person)
    for n, value in enumerate((95, 80)):
        give("quiz.practice", subject, f"paper:{n}", today, value=value)
    outcome = give("quiz.practice", subject, "paper:9", today, value=95)
    assert (outcome.points, outcome.reason) == (Decimal("0.5"), "cut")


@pytest.mark.promise("F48")
def test_second_meeting_of_the_month_says_why_it_earns_nothing(person, today):
    subject = member_subject(person)
    give("meeting.group", subject, "meeting:1", today)
    outcome = give("meeting.group", subject, "meeting:2", today)
    assert (outcome.points, outcome.reason) == (0, Reason.CAP_TIMES)
    refusal = PointRefusal.objects.get()
    assert refusal.note == "本月已积分（每月计 1 次），本次积 0 分"
    give("meeting.group", subject, "meeting:2", today)
    refusal.refresh_from_db()
    assert refusal.count == 1
    give("meeting.group", subject, "meeting:3", today)
    refusal.refresh_from_db()
    assert refusal.count == 2


def test_if_one_cap_refuses_the_other_is_not_consumed(person, today):
    subject = member_subject(person)
    for number, month in enumerate((1, 4, 7, 10)):
        give("meeting.congress", subject, f"meeting:{number}", date(today.year, month, 1))
    assert Allowance.objects.get(measure=1).used == 20
    Allowance.objects.filter(measure=2).delete()
    outcome = give("meeting.congress", subject, "meeting:9", today)
    assert outcome.reason == Reason.CAP_POINTS
    assert Allowance.objects.get(measure=2).used == 0


def test_feature_refuses_with_its_own_sentence(person, today):
    outcome = give("meeting.group", member_subject(person), "meeting:1", today, refuse="迟到签到不积分")
    assert (outcome.points, outcome.reason) == (0, "迟到签到不积分")
    assert PointRefusal.objects.get().note == "迟到签到不积分"


def test_reversal_gives_back_in_its_own_window(person, today):
    subject = member_subject(person)
    outcome = give("meeting.group", subject, "meeting:1", today)
    done = reverse(source_key="meeting:1", subject=subject, actor=None, reason="签到有误")
    assert list(done) == [outcome.entry_id]
    assert reverse([outcome.entry_id], actor=None, reason="签到有误") == {}
    assert balance(subject, year_code(today)) == 0
    assert give("meeting.group", subject, "meeting:2", today).points == 5


def test_deduction_never_takes_the_year_below_zero(person, today):
    subject = member_subject(person)
    assert give("notice.expired", subject, "notice:1", today).reason == Reason.FLOOR
    assert Allowance.objects.get().used == 0
    give("article.read", subject, "article:1", today)
    assert give("notice.expired", subject, "notice:2", today).points == -1
    assert balance(subject, year_code(today)) == 0
    assert Allowance.objects.get(rule__code="notice.expired").used == 1


def test_deduction_spares_exempt_members(person, today):
    person.exempt_since = today
    person.save()
    assert give("notice.expired", member_subject(person), "notice:1", today).reason == Reason.SPARED


def test_unknown_rule_earns_nothing(person, today):
    assert give("meeting.picnic", member_subject(person), "x", today).reason == Reason.NO_RULE


def test_ledger_refuses_change(person, today):
    give("article.read", member_subject(person), "article:1", today)
    for statement in ("UPDATE points_pointentry SET points = 9", "DELETE FROM points_pointentry"):
        with pytest.raises(InternalError, match="append-only"), transaction.atomic():
            connection.cursor().execute(statement)


def test_fact_of_a_closed_year_is_booked_in_the_open_one(person, today, settings):
    settings.POINTS_YEAR_CLOSES = (12, 31)  # so that last year is still open, whatever day it is
    subject, then = member_subject(person), date(today.year - 1, 12, 30)
    early = give("article.read", subject, "article:1", then)
    ClosedYear.objects.create(year=then.year)
    assert give("article.read", subject, "article:1", then) == early
    give("article.read", subject, "article:2", then)
    late = PointEntry.objects.get(source_key="article:2")
    assert (late.year, late.acted_on, late.booked_on) == (today.year, then, today)
    reverse([early.entry_id], actor=None, reason="有误")
    assert balance(subject, year_code(then)) == 1
    assert balance(subject, year_code(today)) == 0


def test_formula_of_a_small_tree(branch, today):
    people = [factories.member(branch, password=None) for _ in range(3)]
    award(
        "article.read", [member_subject(people[0])], source_key="a", acted_on=today, title="阅读", actor=None
    )
    award(
        "branch.congress",
        [organization_subject(branch)],
        source_key="m",
        acted_on=today,
        title="党员大会",
        actor=None,
    )
    recompute_dirty()
    period = year_code(today)
    row = Rollup.objects.get(period=period, organization=branch)
    assert (row.own, row.inner_sum, row.inner_count, row.total) == (5, 1, 3, Decimal("5.333333"))
    above = Rollup.objects.get(period=period, organization=factories.Organization.objects.get_parent(branch))
    assert (above.inner_sum, above.inner_count, above.total) == (row.total, 1, row.total)


def test_a_difference_is_noted_once_however_many_nights_find_it(person, today):
    give("article.read", member_subject(person), "article:1", today)
    year = PointBalance.objects.filter(period=year_code(today))
    year.update(points=7)
    assert [check_drift(today.year), check_drift(today.year)] == [1, 1]
    assert Drift.objects.values_list("balance", "ledger").get() == (7, 1)
    year.update(points=8)
    check_drift(today.year)
    assert sorted(Drift.objects.values_list("balance", flat=True)) == [7, 8]
    year.update(points=1)
    assert check_drift(today.year) == 0
