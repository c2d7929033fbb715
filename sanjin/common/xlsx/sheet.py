"""What was read: rows, and what is wrong with some of them."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any

from sanjin.common.masking import mask_numbers, mask_numbers_of

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


@dataclass
class Sheet:
    """rows: every row with something in it. errors: by Excel's row number; a row is good if it has none.

    mapped: column key → position in the file; `extra`: headings that nobody reads. repeats: a row that says the same as an
    earlier one, and is refused for it → the number of that one.
    """

    spec: SheetSpec
    headings: list[str]
    mapped: dict[str, int]
    extra: list[str]
    rows: list[Row] = field(default_factory=list)
    raw: dict[int, list[Any]] = field(default_factory=dict)
    repeats: dict[int, int] = field(default_factory=dict)
    _errors: dict[int, list[RowError]] = field(default_factory=dict)

    def refuse(self, row: Row | int, key: str | None, reason: str) -> None:
        """Name what is wrong with a row; `key` is the column's, None for the row as a whole."""
        number = row.number if isinstance(row, Row) else row
        column = self.spec.by_key[key] if key else None
        sentence = f"{reason.removesuffix('。')}。"  # validators of forms end without
        heading = column.heading if column else "整行"
        error = RowError(number, heading, sentence, self._shown(number, column))
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

    def in_clear(self, error: RowError) -> dict[str, Any]:
        """For `job.report`, which is kept in clear: numbers that stand in the row are masked, whatever their column."""
        reason = self.masked(error.row, error.reason)
        return {
            "row": error.row,
            "column": error.column,
            "reason": reason,
            "value": mask_numbers(error.value),
        }

    def masked(self, number: int, sentence: str) -> str:
        """What is said of a row, without the numbers that stand in it."""
        return mask_numbers_of(map(shown, self.raw[number]), sentence)

    def _shown(self, number: int, column: Column | None) -> str:
        position = self.mapped.get(column.key) if column else None
        if position is None:
            return ""
        cells = self.raw[number]
        text = shown(cells[position])[:40] if position < len(cells) else ""
        return column.mask(text) if column.mask and text else text
