"""A filter by day takes what lies between two midnights of Shanghai, eight hours ahead of UTC."""

from datetime import UTC, date, datetime

import pytest
from django.contrib.sessions.models import Session
from django_filters import FilterSet

from sanjin.common.filters import FromDay, UntilDay

MOMENTS = {
    "before": datetime(2026, 2, 28, 15, 59, 59, tzinfo=UTC),
    "first": datetime(2026, 2, 28, 16, tzinfo=UTC),
    "last": datetime(2026, 3, 1, 15, 59, 59, 999999, tzinfo=UTC),
    "behind": datetime(2026, 3, 1, 16, tzinfo=UTC),
}


class Ends(FilterSet):
    since = FromDay(field_name="expire_date")
    until = UntilDay(field_name="expire_date")

    class Meta:
        model = Session
        fields: list[str] = []


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"since": "2026-03-01", "until": "2026-03-01"}, {"first", "last"}),
        ({"since": "2026-03-01"}, {"first", "last", "behind"}),
        ({"until": "2026-03-01"}, {"before", "first", "last"}),
        ({"until": date.max.isoformat()}, set(MOMENTS)),
        ({"since": date.min.isoformat()}, set(MOMENTS)),
        ({}, set(MOMENTS)),
    ],
)
def test_a_day_is_from_midnight_to_midnight(db, asked, found):
    Session.objects.bulk_create(Session(session_key=key, expire_date=at) for key, at in MOMENTS.items())
    assert set(Ends(asked, queryset=Session.objects.all()).qs.values_list("pk", flat=True)) == found
