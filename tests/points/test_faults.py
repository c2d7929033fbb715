"""threats.md, test 6: a worker or Redis killed with -9 between the commit and the recompute. Nobody helps: the totals
equal the oracle within 2 minutes, by beat's sweep (here every two seconds, by a setting)."""

import pytest
from django.utils import timezone

from organizations.enums import Nature
from points.actions import award
from points.models import Dirty, Rollup
from points.periods import codes_of
from points.subjects import Subject, member
from sanjin.celery import app
from tests import factories
from tests.plugins.workers import until
from tests.threads import elsewhere, waiting

from . import oracle

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
PROMISED = 120
SWEEP = {"POINTS_SWEEP_SECONDS": "2"}


@pytest.fixture
def subject() -> Subject:
    branch = factories.organization(nature=Nature.BRANCH, below=factories.organization())
    return member(factories.member(branch, password=None))


@pytest.fixture
def ledger() -> oracle.Ledger:
    return oracle.Ledger()


def earn(ledger: oracle.Ledger, subject: Subject, *keys: str) -> None:
    today = timezone.localdate()
    for key in keys:
        award("volunteer", [subject], source_key=key, acted_on=today, title="志愿服务", actor=None)
        ledger.award(int(subject.kind), subject.id, "volunteer", key, today)


def right(ledger: oracle.Ledger) -> bool:
    """Every stored total equals plain Python over the raw rows."""
    for period in codes_of(timezone.localdate()):
        rows = Rollup.objects.filter(period=period)
        stored = {row.organization_id: (row.own, row.inner_sum, row.inner_count, row.total) for row in rows}
        if stored != oracle.totals(ledger, period):
            return False
    return True


@pytest.fixture
def broker(own_redis):
    """A Redis of this test's own, for our bells too."""
    before = app.conf.broker_url
    ring_at(own_redis.url)
    yield own_redis
    ring_at(before)


def ring_at(address: str) -> None:
    app.conf.broker_url = address
    app._pool = app.amqp._producer_pool = None  # the next bell connects anew


@pytest.mark.parametrize(
    "lock",
    [
        pytest.param("SELECT pg_advisory_lock(7310001)", id="before-the-marks-are-taken"),
        pytest.param("BEGIN; LOCK TABLE points_rollup IN SHARE MODE", id="after-the-marks-are-taken"),
    ],
)
def test_worker_killed_in_the_recompute(worker, broker, subject, ledger, lock):
    worker.start(REDIS_URL=broker.url, **SWEEP)
    with elsewhere(lock):  # the recompute stops in the middle
        earn(ledger, subject, "a", "b")
        until(waiting, what="the worker's recompute")
        worker.kill()
    assert Dirty.objects.exists()
    assert not right(ledger)
    worker.start(beat=True, REDIS_URL=broker.url, **SWEEP)
    until(lambda: right(ledger), seconds=PROMISED, what="right totals")


def test_redis_killed_before_the_bell(worker, broker, subject, ledger):
    worker.start(beat=True, REDIS_URL=broker.url, **SWEEP)
    earn(ledger, subject, "a")
    until(lambda: right(ledger), seconds=PROMISED, what="right totals")
    broker.kill()
    earn(ledger, subject, "b", "c")  # neither raises nor is lost
    assert Dirty.objects.exists()
    broker.start()
    until(lambda: right(ledger), seconds=PROMISED, what="right totals after Redis came back")
