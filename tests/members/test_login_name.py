"""The login name is sealed once where it is the phone, on its own where it isn't, and never lost."""

import pytest
from django.db import IntegrityError

from members.models import Member
from tests.factories import member, province

PHONE, OTHER, LANDLINE = "13812345678", "13912345678", "0351-7000000"


@pytest.fixture
def person(db):
    return member(province().branch, phone=PHONE)


def stored(person) -> Member:
    return Member.objects.get(pk=person.pk)


def test_a_phone_that_logs_in_is_sealed_once(person):
    row = stored(person)
    assert (row.account_name, row.account_name_sealed) == (PHONE, None)
    assert row.account_name_index == row.phone_index


def test_another_name_has_a_value_of_its_own(person):
    person.account_name = LANDLINE
    person.save()
    row = stored(person)
    assert (row.account_name, row.phone) == (LANDLINE, PHONE) and row.account_name_sealed


def test_a_name_that_was_the_phone_does_not_follow_it_silently(person):
    person.phone = OTHER
    assert person.account_name != OTHER
    with pytest.raises(IntegrityError, match="member_account_name_kept"):
        person.save()


def test_both_change_together(person):
    person.phone = person.account_name = OTHER
    person.save()
    assert (stored(person).phone, stored(person).account_name) == (OTHER, OTHER)
