"""A sheet of slips: drawn once, readable again for a quarter of an hour, by nobody else (F28)."""

import re

import pytest
from django.core.cache import cache
from django.urls import reverse

from members.actions import sheets
from members.models.reset_code import ResetCode

from . import factories

pytestmark = [pytest.mark.django_db, pytest.mark.promise("F28")]


@pytest.fixture
def printed(tree, keeper, enter):
    """The keeper's client, and the address of a sheet of two slips."""
    people = [factories.member(tree.own) for _ in range(2)]
    client = enter(keeper)
    answer = client.post(reverse("members:slips"), {"selected": [each.pk for each in people]})
    return client, answer.url


def codes(page) -> list[str]:
    return re.findall(r"<dt>一次性口令</dt><dd>([^<]+)</dd>", page.content.decode())


def test_a_refreshed_sheet_shows_the_same_slips_and_draws_none(printed):
    client, url = printed
    first = codes(client.get(url))
    drawn = list(ResetCode.objects.order_by("pk").values_list("pk", flat=True))
    assert len(first) == 2
    assert codes(client.get(url)) == first
    assert list(ResetCode.objects.order_by("pk").values_list("pk", flat=True)) == drawn


def test_the_sheet_is_kept_sealed_and_not_for_long(printed):
    client, url = printed
    place = f"{sheets.LABEL}:{url.rstrip('/').rsplit('/', 1)[1]}"
    assert codes(client.get(url))[0].encode() not in cache.get(place)
    cache.touch(place, 0)
    page = client.get(url)
    assert codes(page) == [] and "不再显示" in page.content.decode()


def test_nobody_else_reads_the_sheet(printed, sibling_keeper, enter):
    _, url = printed
    page = enter(sibling_keeper).get(url)
    assert codes(page) == [] and "不再显示" in page.content.decode()
