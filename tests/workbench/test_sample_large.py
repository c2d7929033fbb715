"""The large scales, tried with small numbers: several sessions, triggers off, and still everything adds up."""

import pytest
from django.utils import timezone

from meetings.models import Meeting
from members.models import Member
from organizations.models import Organization
from points.models import Headcount, PointEntry
from points.periods import codes_of, year_code
from workbench.sample.load import country, province
from workbench.sample.scales import TINY
from workbench.sample.tree import SEED

from .totals import assert_balances_equal_the_ledger, assert_totals


def quiet(line: str) -> None:
    """Progress lines are for people."""


@pytest.mark.django_db(transaction=True)
def test_province_is_loaded_by_several_processes_and_adds_up():
    grown, listed = province.load(TINY, SEED, quiet)
    assert Member.objects.count() == TINY.members == sum(node.members for node in grown.nodes)
    assert Member.objects.exclude(account_name_index=None).count() == TINY.members
    assert Headcount.objects.count() == Member.objects.counted().count()
    assert len(listed) == 10
    today = timezone.localdate()
    assert PointEntry.objects.count() > TINY.members / 2
    assert_balances_equal_the_ledger(today.year)
    for period in codes_of(today):
        assert_totals(period)
    assert Meeting.objects.filter(organization__name=grown.showcase.branch.name).count() == 2


@pytest.mark.django_db(transaction=True)
def test_country_has_exactly_its_numbers_and_adds_up():
    country.load(SEED, quiet, template=TINY, organisations=1_000, members=5_000)
    tree = Organization.objects
    assert (tree.count(), Headcount.objects.count()) == (1_000, 5_000)
    assert tree.find_problems() == ([], [], [], [], [])
    assert_totals(year_code(timezone.localdate()))
