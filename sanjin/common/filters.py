"""Filters that more than one app uses."""

from datetime import date, datetime, time, timedelta
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils import timezone

from sanjin.common.widgets import DayInput


def midnight(day: date) -> datetime:
    """When a day begins in Shanghai."""
    return timezone.make_aware(datetime.combine(day, time.min))


class FromDay(django_filters.DateFilter):
    """A column of moments, from a day on. It compares with midnight: `__date` would ask each row, and no index."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=DayInput(), **options)

    def filter(self, rows: QuerySet, day: date | None) -> QuerySet:
        return rows.filter(**{f"{self.field_name}__gte": midnight(day)}) if day else rows


class UntilDay(FromDay):
    """The same, up to the end of a day."""

    def filter(self, rows: QuerySet, day: date | None) -> QuerySet:
        if day is None or day == date.max:
            return rows
        return rows.filter(**{f"{self.field_name}__lt": midnight(day + timedelta(days=1))})
