"""A year closes with everything that was booked in it, and once."""

from datetime import date, datetime

import pytest
from django.utils import timezone

from points.actions import award, close_year
from points.actions.recompute import TURN_LOCK
from points.models import ClosedYear, Dirty, Rollup
from points.periods import codes_of
from points.subjects import member
from sanjin.common.models import AuditEntry
from tests.threads import elsewhere

pytestmark = pytest.mark.django_db(transaction=True)
YEAR = timezone.localdate().year


@pytest.fixture
def clock(monkeypatch):
    """`clock(month, day)`: from now on it is that day of this year."""

    def stands(month: int, day: int) -> None:
        moment = datetime(YEAR, month, day, 12, tzinfo=timezone.get_default_timezone())
        monkeypatch.setattr(timezone, "now", lambda: moment)

    return stands


@pytest.fixture
def late_fact(place, clock):
    """In January somebody's article of December is booked, and the clock moves on to the closing."""
    clock(1, 10)
    act = {"acted_on": date(YEAR - 1, 12, 30), "title": "学习文章", "actor": None}
    award("article.read", [member(place.people[0])], source_key="late", **act)
    clock(2, 5)
    return act["acted_on"]


def test_months_and_quarters_are_computed_while_another_worker_holds_the_turn(place, late_fact, silent_bell):
    with elsewhere("SELECT pg_advisory_lock(%s)", TURN_LOCK):
        close_year(YEAR - 1)
    totals = Rollup.objects.filter(organization=place.branch, period__in=codes_of(late_fact))
    assert dict(totals.values_list("period", "inner_sum")) == dict.fromkeys(codes_of(late_fact), 1)
    assert not Dirty.objects.exists()


def test_closing_twice_is_closing_once(place, late_fact, silent_bell):
    close_year(YEAR - 1)
    close_year(YEAR - 1)
    assert ClosedYear.objects.count() == 1
    assert AuditEntry.objects.filter(verb="points.year_closed").count() == 1
