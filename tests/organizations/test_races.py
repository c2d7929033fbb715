"""Changes of the tree at the same moment: the root's lock keeps paths, counts and names whole."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from organizations import actions
from organizations.models import Organization
from sanjin.common.errors import RuleError
from tests.factories import admin, organization

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


def at_once(*calls):
    """Results of all calls, each in a thread of its own; a RuleError is its code."""

    def one(call):
        try:
            return call()
        except RuleError as refused:
            return refused.code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(one, calls))


@pytest.fixture
def city():
    return organization("太原市委")


@pytest.fixture
def actor(city):
    return admin(city)


def create(city, actor, name):
    kind = city.type
    return lambda: actions.create_organization(city, actor=actor, name=name, nature="committee", type=kind)


def test_sixteen_creations_below_one_superior_all_get_a_place(city, actor):
    made = at_once(*(create(city, actor, f"区委{n}") for n in range(16)))
    assert len({row.path for row in made}) == 16
    assert Organization.objects.get(pk=city.pk).numchild == 16
    assert Organization.objects.find_problems() == ([], [], [], [], [])


def test_one_name_asked_for_eight_times_is_given_once(city, actor):
    results = at_once(*(create(city, actor, "迎泽区委") for _ in range(8)))
    assert sorted(str(each) for each in results) == ["name_taken"] * 7 + ["迎泽区委"]


def test_two_that_move_below_each_other_leave_a_tree(city, actor):
    one, other = organization("甲区委", below=city), organization("乙区委", below=city)
    results = at_once(
        lambda: actions.move_organization(one, other, actor=actor, reason="转隶"),
        lambda: actions.move_organization(other, one, actor=actor, reason="转隶"),
    )
    assert results.count("into_itself") == 1
    assert Organization.objects.find_problems() == ([], [], [], [], [])
