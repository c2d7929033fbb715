"""Choosing people and organisations: a plain list that works as it is, and is searched by name and pinyin with JS."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet

from members.models import Member

MOST = 500  # options in the page; beyond that they are searched on the server


class PersonSelect(forms.SelectMultiple):
    """A long multiple choice whose options know their pinyin."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"data-search": True, "size": 8} | (attrs or {}))

    def create_option(self, name, value, label, selected, index, subindex=None, attrs=None) -> dict[str, Any]:
        option = super().create_option(name, value, label, selected, index, subindex, attrs)
        option["attrs"]["data-pinyin"] = getattr(label, "pinyin", "")
        return option


class PersonLabel(str):
    """A label that carries the pinyin by which it is found."""

    pinyin: str = ""

    @classmethod
    def of(cls, member: Member, *, with_branch: bool = False) -> "PersonLabel":
        label = cls(f"{member.name} · {member.organization.name}" if with_branch else member.name)
        label.pinyin = f"{member.name_key} {member.initials} {member.other_initials}".strip()
        return label


class PeopleField(forms.ModelMultipleChoiceField):
    """Members by uuid. `offer()` says which options the page shows; any member of the queryset is accepted."""

    widget = PersonSelect
    default_error_messages = {
        "invalid_choice": "名单里有不属于主办组织的人员。请重新选择。",
        "invalid_pk_value": "名单里有无法识别的人员。请重新选择。",
        "list": "名单无法识别。请重新选择。",
    }

    def __init__(self, queryset: QuerySet[Member] | None = None, **kwargs: Any) -> None:
        queryset = Member.objects.none() if queryset is None else queryset
        super().__init__(queryset, to_field_name="uuid", **kwargs)

    def offer(self, members: Iterable[Member], *, url: str = "", with_branch: bool = False) -> None:
        self.widget.choices = [(str(m.uuid), PersonLabel.of(m, with_branch=with_branch)) for m in members]
        if url:
            self.widget.attrs["data-url"] = url
