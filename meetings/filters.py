"""One filter set for the list, its export and its counts."""

from datetime import date, datetime, time, timedelta

import django_filters as filters
from django.db.models import QuerySet
from django.utils import timezone

from meetings.enums import MeetingKind, Phase
from meetings.models import Meeting
from meetings.phases import phase_q
from organizations.models import Organization
from organizations.under import UnderFilter
from sanjin.common.widgets import DayInput


def _midnight(day: date) -> datetime:
    """Where a day begins here: a bound that the index on `starts_at` knows, unlike the day cut out of each row."""
    return timezone.make_aware(datetime.combine(day, time.min))


class MeetingFilter(filters.FilterSet):
    """`organization` takes an organisation and all below it: the tree beside the list sends it."""

    title = filters.CharFilter(label="会议主题", lookup_expr="icontains")
    phase = filters.ChoiceFilter(label="状态", choices=Phase.choices, method="by_phase", empty_label="全部")
    kind = filters.ChoiceFilter(label="会议类型", choices=MeetingKind.choices, empty_label="全部")
    since = filters.DateFilter(label="开始日期从", method="from_day", widget=DayInput())
    until = filters.DateFilter(label="到", method="to_day", widget=DayInput())
    organization = UnderFilter(
        lambda rows, top: rows.filter(
            organization__in=Organization.objects.below(top).order_by().values("pk")
        ),
        label="主办组织及以下",
    )

    class Meta:
        model = Meeting
        fields: list[str] = []

    def from_day(self, meetings: QuerySet[Meeting], name: str, value: date) -> QuerySet[Meeting]:
        return meetings.filter(starts_at__gte=_midnight(value))

    def to_day(self, meetings: QuerySet[Meeting], name: str, value: date) -> QuerySet[Meeting]:
        if value == date.max:  # no day comes after it
            return meetings
        return meetings.filter(starts_at__lt=_midnight(value + timedelta(days=1)))

    def by_phase(self, meetings: QuerySet[Meeting], name: str, value: str) -> QuerySet[Meeting]:
        return meetings.filter(phase_q(value))
