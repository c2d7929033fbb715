"""Filters of the lists of admin accounts and of the audit."""

import django_filters
from django import forms
from django.db.models import Q, QuerySet

from accounts.enums import AccountState, AdminState
from accounts.models import Account
from accounts.queries import by_admin, organizations_led
from organizations.enums import Nature
from sanjin.common.filters import FromDay, UntilDay
from sanjin.common.models import AuditEntry
from sanjin.common.verbs import labels


class AccountFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label="账号、姓名或组织", method="search")
    state = django_filters.ChoiceFilter(label="状态", choices=AccountState.choices, empty_label="全部")
    nature = django_filters.ChoiceFilter(
        label="部门性质", field_name="organization__nature", choices=Nature.choices, empty_label="全部"
    )
    never = django_filters.BooleanFilter(
        label="从未登录", field_name="last_login", lookup_expr="isnull", widget=forms.CheckboxInput
    )

    led = django_filters.BooleanFilter(
        label="仅直属组织的", method="of_those_led", widget=forms.CheckboxInput
    )

    class Meta:
        model = Account
        fields: list[str] = []

    def search(self, rows: QuerySet, _name: str, text: str) -> QuerySet:
        text = text.replace("\0", "").strip()
        return rows.filter(
            Q(name__startswith=text.lower())
            | Q(display_name__startswith=text)
            | Q(organization__search__contains=text.lower())
        )

    def of_those_led(self, rows: QuerySet, _name: str, only: bool) -> QuerySet:
        """Of organisations whose direct superior committee is the reader's: what the to-do counts."""
        return rows.filter(organization__in=organizations_led(self.request.user.seat)) if only else rows

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        # An empty check box means "any", not "has logged in".
        if not self.form.cleaned_data.get("never"):
            self.form.cleaned_data["never"] = None
        return super().filter_queryset(queryset)


def narrowed_by_admin(rows: QuerySet, _name: str, state: str) -> QuerySet:
    return by_admin(rows, state)


# 组织管理 has it among its conditions: every number about accounts opens into its list (F38, F40).
ADMIN_OF_ORGANIZATION = django_filters.ChoiceFilter(
    label="管理员账号", choices=AdminState.choices, empty_label="全部", method=narrowed_by_admin
)


class AuditFilter(django_filters.FilterSet):
    who = django_filters.CharFilter(label="谁（账号或姓名）", method="by_whom")
    verb = django_filters.ChoiceFilter(
        label="做了什么", choices=lambda: list(labels().items()), empty_label="全部"
    )
    since = FromDay(label="从", field_name="at")
    until = UntilDay(label="到", field_name="at")
    about = django_filters.CharFilter(label="对象", field_name="subject_label", lookup_expr="icontains")

    class Meta:
        model = AuditEntry
        fields: list[str] = []

    def by_whom(self, rows: QuerySet, _name: str, text: str) -> QuerySet:
        """By the accounts that are called so: the index is on the account, not on what it was called."""
        text = text.strip()
        found = Account.objects.filter(Q(name=text.lower()) | Q(display_name=text)).values("pk")[:1000]
        return rows.filter(Q(actor_id__in=found) | Q(actor__isnull=True, actor_label=text))
