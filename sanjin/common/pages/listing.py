"""A list: filters on top, columns chosen, sorted by heading, count and pages, rows selected, export."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.paginator import EmptyPage, PageNotAnInteger, Paginator
from django.db.models import QuerySet
from django.views.generic.base import ContextMixin, TemplateResponseMixin
from django_filters import FilterSet

from .access import AdminPage

COUNT_LIMIT = 10_000  # an exact count over millions costs more than the page; beyond this a list says 10,000+
PAGE_SIZE = 20


@dataclass(frozen=True)
class Column:
    """A column of a list. `value(row)` gives what the cell shows, the same text that the export writes; a `template`
    (given `row` and `value`) draws it instead. `sort` names the fields that sort by it."""

    key: str
    label: str
    value: Callable[[Any], Any]
    sort: Sequence[str] = ()
    template: str = ""
    number: bool = False
    optional: bool = False  # shown only when chosen


@dataclass(frozen=True)
class Heading:
    """What a column's heading needs to draw itself: its sort link and state ('', 'asc', 'desc')."""

    column: Column
    state: str
    href: str


class CappedPaginator(Paginator):
    """Counts no further than COUNT_LIMIT; the last page that can be reached is the last of those."""

    @cached_property
    def count(self) -> int:
        return self.object_list.order_by()[: COUNT_LIMIT + 1].count()

    @property
    def count_label(self) -> str:
        return f"{COUNT_LIMIT:,}+" if self.count > COUNT_LIMIT else f"{self.count:,}"


class ListPage(TemplateResponseMixin, ContextMixin, AdminPage):
    """Subclasses give `columns`, `default_sort`, `filterset_class` and `get_queryset()`, which must start from
    `.visible_to(self.account)`. The export (a job) uses the same filter and columns.

    Context: `page` (rows, numbers), `filter`, `headings`, `columns`, `rows` (pairs of object and cells), `query`
    (the current query string without the page), `empty` (what will stand here and how to make it).
    """

    template_name = "pages/list.html"
    title = ""
    columns: Sequence[Column] = ()
    default_sort: Sequence[str] = ("-pk",)
    filterset_class: type[FilterSet] | None = None
    page_size = PAGE_SIZE
    empty = "这里还没有内容。"
    export_url = ""  # address that starts the export job with this list's query string

    def get_queryset(self) -> QuerySet:
        raise NotImplementedError(f"{type(self).__name__}.get_queryset")

    def get(self, request, *args: Any, **kwargs: Any):
        return self.render_to_response(self.get_context_data())

    @cached_property
    def filter(self) -> FilterSet | None:
        if self.filterset_class is None:
            return None
        return self.filterset_class(self.request.GET, queryset=self.get_queryset(), request=self.request)

    @cached_property
    def filtered(self) -> QuerySet:
        """The scoped queryset with the filters of the address. Bad filter values select nothing, and the filter bar
        says why."""
        if self.filter is None:
            return self.get_queryset()
        return self.filter.qs if self.filter.is_valid() else self.get_queryset().none()

    @cached_property
    def shown_columns(self) -> list[Column]:
        chosen = set(self.request.GET.getlist("columns"))
        return [c for c in self.columns if (c.key in chosen if chosen else not c.optional)] or list(self.columns)

    @cached_property
    def sort(self) -> tuple[str, bool]:
        """Key of the column that sorts, and whether downwards; ('', False) is the list's own order."""
        asked = self.request.GET.get("sort", "")
        key = asked.lstrip("-")
        known = any(c.key == key and c.sort for c in self.columns)
        return (key, asked.startswith("-")) if known else ("", False)

    def ordered(self) -> QuerySet:
        key, down = self.sort
        fields = next((c.sort for c in self.columns if c.key == key), ()) or self.default_sort
        if down:
            fields = [f[1:] if f.startswith("-") else f"-{f}" for f in fields]
        return self.filtered.order_by(*fields, *([] if "pk" in fields or "-pk" in fields else ["pk"]))

    def page(self):
        paginator = CappedPaginator(self.ordered(), self.page_size)
        try:
            return paginator.page(self.request.GET.get("page", 1))
        except (EmptyPage, PageNotAnInteger):
            return paginator.page(1)

    def query_string(self, **changes: str | None) -> str:
        query = self.request.GET.copy()
        for key, value in changes.items():
            query.pop(key, None)
            if value:
                query[key] = value
        return query.urlencode()

    def headings(self) -> list[Heading]:
        key, down = self.sort
        result = []
        for column in self.shown_columns:
            state = ("desc" if down else "asc") if column.key == key else ""
            target = f"-{column.key}" if state == "asc" else column.key
            result.append(Heading(column, state, f"?{self.query_string(sort=target, page=None)}"))
        return result

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        page = self.page()
        columns = self.shown_columns
        rows = [(row, [(c, c.value(row)) for c in columns]) for row in page.object_list]
        mine = {
            "title": self.title,
            "page": page,
            "rows": rows,
            "filter": self.filter,
            "columns": self.columns,
            "shown": {c.key for c in columns},
            "headings": self.headings(),
            "query": self.query_string(page=None),
            "empty": self.empty,
            "export_url": self.export_url,
        }
        return super().get_context_data(**(mine | context))
