"""`organization=<uuid>` in the address of a list: what the tree beside it sends."""

from collections.abc import Callable
from typing import Any

import django_filters as filters
from django import forms
from django.core.validators import EMPTY_VALUES
from django.db.models import QuerySet

from organizations.models import Organization


class UnderFilter(filters.UUIDFilter):
    """The organisation and all below it; one outside the account's scope finds nothing. `under(rows, top)` says what of a
    list that is."""

    def __init__(self, under: Callable[[Any, Organization], QuerySet], **more: Any) -> None:
        super().__init__(widget=forms.HiddenInput(), **more)
        self.under = under

    def filter(self, rows: Any, uuid: Any) -> QuerySet:
        if uuid in EMPTY_VALUES:
            return rows
        top = Organization.objects.visible_to(self.parent.request.user).filter(uuid=uuid).first()
        return self.under(rows, top) if top else rows.none()
