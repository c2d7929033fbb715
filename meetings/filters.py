"""One filter set for the list, its export and its counts."""

import django_filters as filters
from django.db.models import QuerySet

from meetings.enums import MeetingKind, Phase
from meetings.models import Meeting
from meetings.phases import phase_q
from organizations.models import Organization
from organizations.under import UnderFilter
from sanjin.common.filters import FromDay, UntilDay


class MeetingFilter(filters.FilterSet):
    """`organization` takes an organisation and all below it: the tree beside the list sends it."""

    title = filters.CharFilter(label="会议主题", lookup_expr="icontains")
    phase = filters.ChoiceFilter(label="状态", choices=Phase.choices, method="by_phase", empty_label="全部")
    kind = filters.ChoiceFilter(label="会议类型", choices=MeetingKind.choices, empty_label="全部")
    since = FromDay(label="开始日期从", field_name="starts_at")
    until = UntilDay(label="到", field_name="starts_at")
    organization = UnderFilter(
        lambda rows, top: rows.filter(
            organization__in=Organization.objects.below(top).order_by().values("pk")
        ),
        label="主办组织及以下",
    )

    class Meta:
        model = Meeting
        fields: list[str] = []

    def by_phase(self, meetings: QuerySet[Meeting], name: str, value: str) -> QuerySet[Meeting]:
        return meetings.filter(phase_q(value))
