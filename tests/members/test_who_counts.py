"""Rules that are asked of one member and of many say the same."""

from itertools import product

import pytest
from django.utils import timezone

from members.enums import MemberState
from members.models import Member
from organizations.enums import Nature
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    branch = factories.organization(nature=Nature.BRANCH, below=factories.organization())
    for state, exempt, phone in product(MemberState, (None, timezone.now()), (True, False)):
        row = factories.member(branch, password=None)
        row.state, row.exempt_since = state, exempt
        if not phone:
            row.phone, row.account_name = "", f"sx{row.pk}"
        row.save()
    return Member.objects.all()


def test_who_counts(people):
    assert set(people.counted()) == {row for row in people if row.is_counted}
    assert 0 < people.counted().count() < people.count()


def test_who_cannot_use_a_phone(people):
    assert set(people.without_usable_phone()) == {row for row in people if not row.can_use_phone}
    assert 0 < people.without_usable_phone().count() < people.count()
