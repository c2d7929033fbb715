"""One filter set for the list, its export and the API."""

from typing import Any

import django_filters as filters
from django import forms
from django.db.models import QuerySet

from organizations import conditions
from organizations.enums import Nature, OrganizationState
from organizations.models import Organization, OrganizationType
from organizations.queries import search_organizations
from organizations.under import UnderFilter

SHOWN_STATES = [OrganizationState.ACTIVE, OrganizationState.DISSOLVED, OrganizationState.MERGED]


class OrganizationFilter(filters.FilterSet):
    """search: name, pinyin, initials. organization: uuid of the top of a subtree (what the tree's links send)."""

    search = filters.CharFilter(
        label="名称",
        method="by_text",
        widget=forms.TextInput(attrs={"placeholder": "名称、全拼或拼音首字母"}),
    )
    nature = filters.ChoiceFilter(label="部门性质", choices=Nature.choices, empty_label="全部")
    type = filters.ChoiceFilter(
        label="部门类型", field_name="type__name", choices=lambda: type_names(), empty_label="全部"
    )
    state = filters.ChoiceFilter(
        label="状态",
        method="by_state",
        choices=[(s.value, s.label) for s in SHOWN_STATES],
        empty_label="正常",
    )
    organization = UnderFilter(lambda rows, top: rows.below(top))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.base_filters = self.base_filters | conditions.registered()
        super().__init__(*args, **kwargs)

    class Meta:
        model = Organization
        fields: list[str] = []

    @property
    def qs(self) -> QuerySet:
        rows = super().qs
        chosen = self.form.cleaned_data.get("state") if self.form.is_valid() else ""
        return rows if chosen else rows.filter(state=OrganizationState.ACTIVE)

    def by_text(self, rows: QuerySet, _name: str, text: str) -> QuerySet:
        return search_organizations(rows, text)

    def by_state(self, rows: QuerySet, _name: str, state: str) -> QuerySet:
        return rows.filter(state=state)


def type_names() -> list[tuple[str, str]]:
    """Each name once, whatever natures have it."""
    names = OrganizationType.objects.order_by("order", "pk").values_list("name", flat=True)
    return [(name, name) for name in dict.fromkeys(names)]
