"""What was read: rows, and what is wrong with some of them."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any

from sanjin.common.masking import mask_numbers

from .cells import shown
from .spec import Column, SheetSpec


@dataclass(slots=True)
class Row:
    """number: Excel's own row number. values: column key → converted value, None where empty or refused."""

    number: int
    values: dict[str, Any]

    def __getitem__(self, key: str) -> Any:
        return self.values[key]


@dataclass(frozen=True, slots=True)
class RowError:
    """row: Excel's row number. column: heading. value: what stood there, masked if personal."""

    row: int
    column: str
    reason: str
    value: str = ""

    def as_dict(self) -> dict[str, Any]:
        """For `job.report`, which is kept in clear: a number that slipped into another column is masked, too."""
        reason, value = mask_numbers(self.reason), mask_numbers(self.value)
        return {"row": self.row, "column": self.column, "reason": reason, "value": value}


@dataclass
class Sheet:
    """rows: every row with something in it. errors: by Excel's row number; a row is good if it has none.

    mapped: column key → position in the file; `extra`: headings that nobody reads.
    """

    spec: SheetSpec
    headings: list[str]
    mapped: dict[str, int]
    extra: list[str]
    rows: list[Row] = field(default_factory=list)
    raw: dict[int, list[Any]] = field(default_factory=dict)
    _errors: dict[int, list[RowError]] = field(default_factory=dict)

    def refuse(self, row: Row | int, key: str | None, reason: str) -> None:
        """Name what is wrong with a row; `key` is the column's, None for the row as a whole."""
        number = row.number if isinstance(row, Row) else row
        column = self.spec.by_key[key] if key else None
        error = RowError(number, column.heading if column else "整行", reason, self._shown(number, column))
        self._errors.setdefault(number, []).append(error)

    def leave_out(self, numbers: Collection[int]) -> None:
        """Forget rows, and what is wrong with them."""
        self.rows = [row for row in self.rows if row.number not in numbers]
        for number in numbers:
            self._errors.pop(number, None)

    @property
    def errors(self) -> list[RowError]:
        return [error for number in sorted(self._errors) for error in self._errors[number]]

    @property
    def bad_numbers(self) -> set[int]:
        return set(self._errors)

    def good(self) -> Iterator[Row]:
        """Rows without any error, in the file's order."""
        return (row for row in self.rows if row.number not in self._errors)

    def is_bad(self, row: Row) -> bool:
        return row.number in self._errors

    def reasons(self, number: int) -> str:
        """All that is wrong with a row, in one line."""
        return "；".join(f"{error.column}：{error.reason}" for error in self._errors.get(number, ()))

    def _shown(self, number: int, column: Column | None) -> str:
        position = self.mapped.get(column.key) if column else None
        if position is None:
            return ""
        cells = self.raw[number]
        text = shown(cells[position])[:40] if position < len(cells) else ""
        return column.mask(text) if column.mask and text else text
