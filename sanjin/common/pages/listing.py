"""A page that is a list. How lists work (filter, columns, order, pages, selection) is in `sanjin.common.lists`."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.views.generic.base import ContextMixin, TemplateResponseMixin
from django_filters import FilterSet

from sanjin.common.lists import BatchAction, Column, Empty, Listing

from .access import AdminPage


class ListPage(TemplateResponseMixin, ContextMixin, AdminPage):
    """Subclasses give `key`, `title`, `columns`, `filterset_class`, `order` and `get_queryset()`, which must start from
    `.visible_to(self.account)`; `read()` where the columns need more of a row than it holds. Context: `listing`, `title`.
    The export (a job) uses the same filter and columns."""

    template_name = "pages/list.html"
    key = ""
    title = ""
    columns: Sequence[Column] = ()
    filterset_class: type[FilterSet] | None = None
    order = ""
    batch: Sequence[BatchAction] = ()
    empty: Empty | None = None
    personal = False  # the export of many rows asks what it is for (threats.md)

    def get_queryset(self) -> QuerySet:
        raise NotImplementedError(f"{type(self).__name__}.get_queryset")

    def read(self, rows: QuerySet) -> QuerySet:
        """The rows with what the columns show of them: joined, prefetched, no more. Counting goes without it."""
        return rows

    @cached_property
    def listing(self) -> Listing:
        optional = {"empty": self.empty} if self.empty else {}
        return Listing(
            self.request,
            self.get_queryset(),
            self.columns,
            key=self.key,
            filterset=self.filterset_class,
            read=self.read,
            order=self.order,
            batch=self.batch,
            **optional,
        )

    def get(self, request, *args: Any, **kwargs: Any):
        return self.render_to_response(self.get_context_data())

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        mine = {"listing": self.listing, "title": self.title, "personal": self.personal}
        return super().get_context_data(**(mine | context))
