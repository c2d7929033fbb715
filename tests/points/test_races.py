"""64 connections at once: caps are exact, one source is one entry, no mark is lost. And a control that must fail."""

import threading
from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection, transaction
from django.utils import timezone

from organizations.enums import Nature
from points.actions import award, recompute_dirty
from points.models import Allowance, Dirty, PointBalance, PointEntry, Rollup
from points.periods import year_code
from points.subjects import Subject, member
from tests import factories

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
CROWD = 64


@pytest.fixture
def subject() -> Subject:
    branch = factories.organization(nature=Nature.BRANCH, below=factories.organization())
    return member(factories.member(branch, password=None))


def crowd(work: Callable[[int], object], size: int = CROWD) -> list:
    """Run `work(0)` … `work(size - 1)` at the same moment, each on a connection of its own. Returns the results."""
    gate, results, errors = threading.Barrier(size, timeout=60), [None] * size, []

    def one(number: int) -> None:
        try:
            connection.ensure_connection()
            gate.wait()
            results[number] = work(number)
        except Exception as error:  # a thread's error belongs to the test
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=(number,)) for number in range(size)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not errors, errors[:3]
    return results


def give(rule: str, subject: Subject, key: str, **more):
    facts = {"acted_on": timezone.localdate(), "title": "事", "actor": None}
    return award(rule, [subject], source_key=key, **facts, **more)[subject]


def test_points_cap_is_exact(subject):
    outcomes = crowd(lambda n: give("quiz.practice", subject, f"paper:{n}", value=85 if n % 2 else 95))
    assert sum(outcome.points for outcome in outcomes) == 3
    assert PointBalance.objects.get(period=year_code(timezone.localdate())).points == 3
    assert Allowance.objects.get().used == 3


def test_times_cap_is_exact(subject):
    outcomes = crowd(lambda n: give("meeting.group", subject, f"meeting:{n}"))
    assert sorted(outcome.points for outcome in outcomes) == [0] * (CROWD - 1) + [5]
    assert PointEntry.objects.count() == 1


def test_both_caps_together(subject):
    """4 quarters × 5 points are the year's 20: the times of a quarter bind, whoever comes first."""
    year = timezone.localdate().year
    days = [date(year, month, 1) for month in (1, 4, 7, 10)]

    def attend(number: int):
        day = days[number % 4]
        facts = {"acted_on": day, "title": "党员大会", "actor": None}
        return award("meeting.congress", [subject], source_key=f"congress:{number}", **facts)[subject]

    assert sum(outcome.points for outcome in crowd(attend)) == 20
    assert sorted(Allowance.objects.values_list("measure", "used")) == [
        (1, 20),
        (2, 1),
        (2, 1),
        (2, 1),
        (2, 1),
    ]


def test_one_source_is_one_entry(subject):
    outcomes = crowd(lambda n: give("article.read", subject, "article:1"))
    assert len(set(outcomes)) == 1
    assert PointEntry.objects.count() == 1
    assert Allowance.objects.get().used == 1


def test_many_subjects_in_any_order_never_deadlock(subject):
    branch = subject.organization_id
    people = [subject] + [
        Subject(subject.kind, factories.member(_organization(branch), password=None).pk, branch)
        for _ in range(7)
    ]

    def visit(number: int):
        order = people if number % 2 else people[::-1]
        facts = {"acted_on": timezone.localdate(), "title": "志愿服务", "actor": None}
        return award("volunteer", order, source_key=f"service:{number}", **facts)

    outcomes = crowd(visit, 32)
    assert {s: sum(o[s].points for o in outcomes) for s in people} == dict.fromkeys(people, Decimal(10))


def test_count_then_insert_exceeds_the_cap(subject):
    """The control: the same crowd without the locked counter. If this ever holds, the tests above prove nothing."""
    cap = 5
    both = threading.Barrier(CROWD, timeout=60)

    def naive(number: int) -> None:
        with transaction.atomic():
            paid = PointEntry.objects.filter(subject_kind=1, subject_id=subject.id).count()
            both.wait()
            if paid < cap:
                connection.cursor().execute(
                    "INSERT INTO points_pointentry (year, subject_kind, subject_id, rule_id, version_id, points,"
                    " source_key, title, link, note, acted_on, booked_on, organization_id)"
                    " VALUES (extract(year FROM now())::int, 1, %s, 1, 1, 1, %s, '', '', '', now(), now(), %s)",
                    [subject.id, f"naive:{number}", subject.organization_id],
                )

    crowd(naive)
    assert PointEntry.objects.count() > cap


def test_awards_during_recomputes_lose_no_mark(subject):
    def work(number: int):
        return recompute_dirty() if number % 4 == 0 else give("honour.county", subject, f"honour:{number}")

    crowd(work)
    recompute_dirty()
    assert not Dirty.objects.exists()
    row = Rollup.objects.get(period=year_code(timezone.localdate()), organization_id=subject.organization_id)
    assert (row.inner_sum, row.inner_count) == (5 * 48, 1)


def test_a_transfer_at_the_same_moment_hides_no_points(subject):
    """The member's mark is resolved when it is taken: whichever branch the member is in by then gets the points."""
    other = factories.organization(nature=Nature.BRANCH, below=factories.organization())
    people = type(factories.member(other, password=None)).objects

    def work(number: int):
        if number % 8 == 0:
            target = other.pk if number % 16 == 0 else subject.organization_id
            return people.filter(pk=subject.id).update(organization_id=target)
        return recompute_dirty() if number % 8 == 1 else give("honour.county", subject, f"honour:{number}")

    crowd(work)
    recompute_dirty()
    home = people.get(pk=subject.id).organization_id
    rows = dict(
        Rollup.objects.filter(
            period=year_code(timezone.localdate()), organization__nature=Nature.BRANCH
        ).values_list("organization_id", "inner_sum")
    )
    assert rows == {home: 5 * 48, ({other.pk, subject.organization_id} - {home}).pop(): 0}


def _organization(pk: int):
    return factories.Organization.objects.get(pk=pk)
