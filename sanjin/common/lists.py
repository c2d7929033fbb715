"""A list page in one object: filter, columns chosen, order, pages, selection.

    rows = Member.objects.visible_to(account)
    listing = Listing(request, rows, COLUMNS, key="members", filterset=MemberFilter)

The same columns and filter serve the page, the batch action (`listing.selected()`) and the export
(`listing.read(listing.queryset)`).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict

from sanjin.common.errors import RuleError

PER_PAGE = 30
COUNT_UP_TO = 10_000
LONGEST_ID = 18  # digits of a bigint


@dataclass(frozen=True)
class Column:
    """One column. `value` is a dotted path (callables are called) or a function of the row; default `key`."""

    key: str
    label: str
    value: str | Callable[[Any], Any] = ""
    order: Sequence[str] = ()
    """Fields to sort by when its heading is clicked."""
    template: str = ""
    """Template of the cell, given `row` and `value`."""
    numeric: bool = False
    shown: bool = True
    """In sight until the person chooses otherwise."""
    fixed: bool = False
    """Can't be hidden: what names the row. On a phone it heads the row's card."""

    def of(self, row: Any) -> Any:
        """The value of this column in a row."""
        if callable(self.value):
            return self.value(row)
        for name in (self.value or self.key).split("."):
            row = getattr(row, name, None)
            if callable(row):
                row = row()
        return row


@dataclass(frozen=True)
class BatchAction:
    """What can be done with the selected rows. `confirm` names number ({n}) and consequence."""

    label: str
    url: str
    confirm: str = ""
    danger: bool = False


@dataclass(frozen=True)
class Empty:
    """What an empty list says: what will stand here and how to make it."""

    title: str
    text: str = ""
    href: str = ""
    label: str = ""


@dataclass(frozen=True)
class Head:
    """A heading as the table draws it."""

    column: Column
    href: str
    sort: str  # "", "ascending" or "descending"


class CappedPaginator(Paginator):
    """Counts no further than COUNT_UP_TO, and only `counted`, the bare rows: the first page of millions of rows costs
    what its rows cost."""

    def __init__(self, rows: Any, per_page: int, *, counted: Any) -> None:
        super().__init__(rows, per_page)
        self.counted = counted

    @cached_property
    def count(self) -> int:
        """Number of rows, at most COUNT_UP_TO."""
        if isinstance(self.counted, QuerySet):
            return self.counted.order_by().values("pk")[:COUNT_UP_TO].count()
        return len(self.counted)

    @property
    def capped(self) -> bool:
        """There may be more rows than `count` says."""
        return self.count >= COUNT_UP_TO

    @property
    def count_label(self) -> str:
        """The number of rows as the page says it: 1,204 or 10,000 以上."""
        return f"{self.count:,}{' 以上' if self.capped else ''}"


class Listing:
    """The state of one list page, read from the request's address."""

    def __init__(
        self,
        request: HttpRequest,
        queryset: QuerySet,
        columns: Sequence[Column],
        *,
        key: str,
        filterset: type | None = None,
        read: Callable[[QuerySet], QuerySet] = lambda rows: rows,
        order: str = "",
        batch: Sequence[BatchAction] = (),
        empty: Empty = Empty("没有符合条件的记录", "可以放宽上方的筛选条件后再查询。"),
        per_page: int = PER_PAGE,
    ):
        self.request = request
        self.key = key
        self.all_columns = columns
        self.batch = batch
        self.empty = empty
        self.per_page = per_page
        self.read = read
        self.default_order = order
        self._filterset = filterset
        self._scoped = queryset

    @cached_property
    def filter(self) -> Any:
        """The filters of this list, with what the address asks of them; None for a list without."""
        make = self._filterset
        return make(self.request.GET, queryset=self._scoped, request=self.request) if make else None

    @cached_property
    def columns(self) -> list[Column]:
        """The columns in sight: asked for in the address, else as last chosen, else the usual ones."""
        place = f"columns:{self.key}"
        chosen = self.request.GET.getlist("col")
        if chosen:
            self.request.session[place] = chosen
        else:
            chosen = self.request.session.get(place) or [c.key for c in self.all_columns if c.shown]
        return [c for c in self.all_columns if c.fixed or c.key in chosen]

    @cached_property
    def chosen(self) -> set[str]:
        """Keys of the columns in sight."""
        return {column.key for column in self.columns}

    @cached_property
    def order(self) -> str:
        """The sorted column's key, with a minus when descending; the default when the address names none."""
        asked = self.request.GET.get("order", "")
        known = {c.key for c in self.all_columns if c.order}
        return asked if asked.removeprefix("-") in known else self.default_order

    @cached_property
    def queryset(self) -> QuerySet:
        """All rows that the filter lets through, in order; `read` adds what the columns want to know of each."""
        rows = self._scoped
        if self._narrows:
            # a wrong value selects nothing, and the filter bar says why
            rows = self.filter.qs if self.filter.is_valid() else rows.none()
        column = next((c for c in self.all_columns if c.key == self.order.removeprefix("-")), None)
        if column is None:
            return rows
        minus = "-" if self.order.startswith("-") else ""
        return rows.order_by(*(f"{minus}{name}" for name in column.order), f"{minus}pk")

    @property
    def _narrows(self) -> bool:
        """Whether the filters have a say: not where nothing is asked of a set that then keeps all."""
        kind = self._filterset
        return kind is not None and (
            bool(self.request.GET) or not getattr(kind, "keeps_all_when_empty", False)
        )

    @cached_property
    def page(self) -> Page:
        """The page in sight; a wrong number gives the nearest."""
        paginator = CappedPaginator(self.read(self.queryset), self.per_page, counted=self.queryset)
        return paginator.get_page(self.request.GET.get("page"))

    @cached_property
    def heads(self) -> list[Head]:
        """The headings with the address that sorts by them."""
        return [Head(column, self._sort_href(column), self._sort(column)) for column in self.columns]

    @property
    def rows(self) -> list[tuple[Any, list[tuple[Column, Any]]]]:
        """(object, [(column, value)]) for each row of the page."""
        return [(row, [(column, column.of(row)) for column in self.columns]) for row in self.page.object_list]

    @property
    def page_links(self) -> list[tuple[str, str]]:
        """(label, href) of the pages around this one; an empty href is a gap, or this page."""
        numbers = self.page.paginator.get_elided_page_range(self.page.number, on_each_side=2, on_ends=1)
        return [(str(n), self.href(page=n) if isinstance(n, int) else "") for n in numbers]

    @property
    def previous_href(self) -> str:
        """Address of the page before, or ''."""
        return self.href(page=self.page.previous_page_number()) if self.page.has_previous() else ""

    @property
    def next_href(self) -> str:
        """Address of the page after, or ''."""
        return self.href(page=self.page.next_page_number()) if self.page.has_next() else ""

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What a form for the columns must send along: all of the address but columns and page."""
        return [(k, v) for k, values in self.request.GET.lists() if k not in ("col", "page") for v in values]

    @property
    def query(self) -> str:
        """The address's query: a batch action and an export see the same rows with it."""
        return self.request.GET.urlencode()

    def href(self, **changes: Any) -> str:
        """This page's address with changes; None takes a parameter out."""
        query: QueryDict = self.request.GET.copy()
        for name, value in changes.items():
            query.pop(name, None)
            if value is not None:
                query[name] = str(value)
        return f"?{query.urlencode()}"

    def selected(self) -> QuerySet:
        """The rows that a batch form names: all filtered ones (`all=1`), or `selected`; never beyond scope.

        RuleError `nothing_selected` (400) when there is none.
        """
        if self.request.POST.get("all") == "1":
            return self.queryset
        keys = self.request.POST.getlist("selected")
        if not keys:
            raise RuleError("nothing_selected", "没有选中任何记录。请先勾选左侧的方框，再执行批量操作。")
        try:
            if any(len(key) > LONGEST_ID for key in keys):
                raise ValueError  # PostgreSQL would refuse the number itself
            return self.queryset.filter(pk__in=keys)
        except (TypeError, ValueError):
            raise RuleError("nothing_selected", "选中的记录无法识别，可能页面已过期。请刷新页面后重新勾选。")

    def _sort(self, column: Column) -> str:
        if column.key != self.order.removeprefix("-"):
            return ""
        return "descending" if self.order.startswith("-") else "ascending"

    def _sort_href(self, column: Column) -> str:
        if not column.order:
            return ""
        turned = f"-{column.key}" if self._sort(column) == "ascending" else column.key
        return self.href(order=turned, page=None)
