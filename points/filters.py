"""One filter set for each list and its export."""

import django_filters as filters
from django import forms
from django.db.models import QuerySet

from members.models import Member
from organizations.models import Organization
from organizations.paths import subtree
from organizations.under import UnderFilter
from points.enums import SubjectKind
from points.models import PointEntry, PointRefusal, Rule
from points.periods import codes_of, label, read_period, span, today, year_of
from sanjin.common.widgets import DayInput


def period_choices() -> list[tuple[str, str]]:
    """This year with its quarters and months so far, and last year: what a page offers."""
    now = today()
    year, month, quarter = codes_of(now)
    codes = [
        year,
        *range(quarter, year + 20, -1),
        *range(month, year, -1),
        year - 100,
    ]
    return [(str(code), label(code)) for code in codes]


class LedgerFilter(filters.FilterSet):
    """organization: uuid of the top of a subtree; subject: 党员 or 组织; dates of the act."""

    subject_kind = filters.ChoiceFilter(label="积分对象", choices=SubjectKind.choices, empty_label="全部")
    rule = filters.ModelChoiceFilter(label="规则", queryset=Rule.objects.all(), empty_label="全部")
    title = filters.CharFilter(label="事项", lookup_expr="contains")
    since = filters.DateFilter(
        label="行为日期起", field_name="acted_on", lookup_expr="gte", widget=DayInput()
    )
    until = filters.DateFilter(
        label="行为日期止", field_name="acted_on", lookup_expr="lte", widget=DayInput()
    )
    organization = UnderFilter(lambda rows, top: rows.filter(subtree(top.path, "organization__")))
    member = filters.UUIDFilter(method="of_member", widget=forms.HiddenInput())
    # Text, not a number: to make an int of 1e-1000000 takes minutes.
    period = filters.CharFilter(method="in_period", widget=forms.HiddenInput())
    own = filters.BooleanFilter(method="own_only", widget=forms.HiddenInput())

    def of_member(self, rows: QuerySet, _name: str, uuid) -> QuerySet:
        member = Member.objects.visible_to(self.request.user).filter(uuid=uuid).first()
        return rows.of_member(member) if member else rows.none()

    def in_period(self, rows: QuerySet, _name: str, text: str) -> QuerySet:
        """What a balance of this period is made of: the day it is booked on, for late facts not the act's own."""
        period = read_period(text)
        if period is None:
            return rows.none()
        if rows.model is PointEntry:
            return rows.filter(year=year_of(period), booked_on__range=span(period))
        return rows.filter(acted_on__range=span(period))

    def own_only(self, rows: QuerySet, _name: str, value: bool) -> QuerySet:
        """Of the organisation asked for: what it earned itself, without those below it and the members."""
        uuid = self.form.cleaned_data["organization"]
        top = Organization.objects.filter(uuid=uuid).first() if value and uuid else None
        return rows.of_organization(top) if top else rows


class EntryFilter(LedgerFilter):
    class Meta:
        model = PointEntry
        fields: list[str] = []


class RefusalFilter(LedgerFilter):
    class Meta:
        model = PointRefusal
        fields: list[str] = []
