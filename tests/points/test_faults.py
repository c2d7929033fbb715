"""A worker or Redis killed with -9 between the commit and the recompute: nobody helps, and the totals come right by the
minute's sweep (here every two seconds, by a setting)."""

from contextlib import contextmanager

import pytest
from django.db import connection, transaction
from django.utils import timezone

from organizations.enums import Nature
from points.actions import award
from points.models import Dirty, Rollup
from points.subjects import member as member_subject
from points.subjects import organization as organization_subject
from tests import factories
from tests.plugins.workers import until

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]

FAST = {"POINTS_SWEEP_SECONDS": "2"}


@pytest.fixture
def branch(transactional_db):
    return factories.organization("甲支部", nature=Nature.BRANCH, below=factories.organization("市委"))


def hold_a_meeting(branch) -> None:
    """The branch earns 5, one of its two members 5: a total of 5 + 5 ÷ 2 = 7.5, and the committee's 0 + 7.5 ÷ 1."""
    facts = {"acted_on": timezone.localdate(), "title": "党小组会", "actor": None, "source_key": "meeting:1"}
    people = [factories.member(branch, password=None) for _ in range(2)]
    with transaction.atomic():
        award("meeting.group", [member_subject(people[0])], **facts)
        award("branch.group", [organization_subject(branch)], **facts)


def totals_are_right() -> bool:
    rows = Rollup.objects.filter(period=timezone.localdate().year * 100)
    return sorted(rows.values_list("total", flat=True)) == [7.5, 7.5] and not Dirty.objects.exists()


def test_worker_killed_while_it_recomputes(branch, worker):
    """It has taken the marks when it dies: their transaction dies with it, and the marks are there again."""
    worker.start(beat=True, **FAST)
    until(lambda: not Dirty.objects.exists(), what="the first recompute")
    with locked_totals():
        hold_a_meeting(branch)
        until(worker_waits, what="the worker in the middle of its work")
        worker.kill()
    assert Dirty.objects.exists() and not totals_are_right()
    worker.start(beat=True, **FAST)
    until(totals_are_right, seconds=120, what="totals")


@contextmanager
def locked_totals():
    """Another session lets nobody write totals: the worker stops after taking its marks."""
    other = connection.copy()
    try:
        with transaction_on(other) as cursor:
            cursor.execute("LOCK TABLE points_rollup IN SHARE MODE")
            yield
    finally:
        other.close()


@contextmanager
def transaction_on(other):
    other.set_autocommit(False)
    with other.cursor() as cursor:
        yield cursor
    other.rollback()


def worker_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks WHERE relation = 'points_rollup'::regclass AND NOT granted"
        )
        return cursor.fetchone()[0] > 0


def test_redis_killed_before_the_bell(branch, worker, own_redis):
    """The bell rings in a Redis that is dead: the award stands, and the worker sweeps once Redis is back."""
    worker.start(beat=True, REDIS_URL=own_redis.url, **FAST)  # hears another Redis than the one we ring
    own_redis.kill()
    hold_a_meeting(branch)
    assert not totals_are_right()
    own_redis.start()
    until(totals_are_right, seconds=120, what="totals")
