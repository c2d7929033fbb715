"""One filter set for the member list, its export and the pickers (interface.md, lists)."""

from datetime import date
from typing import Any

import django_filters as filters
from django import forms
from django.db.models import Q
from django.utils import timezone

from members.enums import MemberKind, MemberState, Sex
from members.models import Member, MemberPost, MemberQuerySet
from members.queries.search import found
from members.validators.account_name import years_before
from organizations.under import UnderFilter

AGES = (("60+", "60 周岁及以上"), ("50+", "50 周岁及以上"), ("35-", "35 周岁及以下"))
COMPLETE = (("no", "待完善"), ("yes", "已完善"))
FLAGS = (("lost", "失联"), ("floating", "流动党员"), ("exempt", "使用智能手机不便"), ("no_phone", "没有手机"))
POSTS = (("any", "担任职务"), ("none", "未担任职务"))


def _chosen(
    label: str, choices: Any, method: str | None = None, field: str | None = None
) -> filters.ChoiceFilter:
    return filters.ChoiceFilter(
        label=label, choices=choices, empty_label="全部", method=method, field_name=field
    )


class MemberFilter(filters.FilterSet):
    """Everything narrows what `visible_to` gave; nothing can widen it."""

    keeps_all_when_empty = True  # the first page of a province is spared the form's checks

    q = filters.CharFilter(
        label="姓名、拼音或号码",
        widget=forms.TextInput(attrs={"placeholder": "姓名、首字母或完整号码"}),
    )
    kind = _chosen("人员类别", MemberKind.choices, field="kind")
    sex = _chosen("性别", Sex.choices, field="sex")
    complete = _chosen("资料", COMPLETE, "by_complete")
    state = _chosen(
        "党籍状态", [c for c in MemberState.choices if c[0] != MemberState.RECYCLED], field="state"
    )
    age = _chosen("年龄", AGES, "by_age")
    post = _chosen("职务", POSTS, "by_post")
    flag = _chosen("标记", FLAGS, "by_flag")
    organization = UnderFilter(lambda rows, top: rows.within(top), label="组织")

    class Meta:
        model = Member
        fields: list[str] = []

    def filter_queryset(self, rows: MemberQuerySet) -> MemberQuerySet:
        """The text comes last: it looks at the first rows by name of what the other filters leave."""
        text = self.form.cleaned_data.pop("q", "")
        rows = super().filter_queryset(rows)
        self.form.cleaned_data["q"] = text
        return found(rows, text, whole=getattr(self.request, "exporting", False)) if text else rows

    def by_complete(self, rows: MemberQuerySet, name: str, value: str) -> MemberQuerySet:
        return rows.incomplete() if value == "no" else rows.complete()

    def by_age(self, rows: MemberQuerySet, name: str, value: str) -> MemberQuerySet:
        today: date = timezone.localdate()
        years = int(value[:2])
        if value.endswith("+"):
            return rows.filter(birth_date__lte=years_before(today, years))
        return rows.filter(birth_date__gt=years_before(today, years + 1))

    def by_post(self, rows: MemberQuerySet, name: str, value: str) -> MemberQuerySet:
        holding = Q(pk__in=MemberPost.objects.current().values("member"))
        return rows.filter(holding if value == "any" else ~holding)

    def by_flag(self, rows: MemberQuerySet, name: str, value: str) -> MemberQuerySet:
        return rows.filter(
            {
                "lost": Q(lost_contact=True),
                "floating": Q(floating=True),
                "exempt": Q(exempt_since__isnull=False),
                "no_phone": Q(phone_index__isnull=True),
            }[value]
        )
