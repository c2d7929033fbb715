"""A workbook too large for `read_sheet`: the same guards and headings, but one row after the other, unconverted."""

from collections.abc import Iterator
from itertools import chain, islice
from typing import IO, Any

import python_calamine

from . import guard
from .cells import AS_TEXT, Bad, Convert, converter, shown
from .reader import FORMULA, HEADINGS_WITHIN, filled, first_sheet, heading_row, map_columns, refuse_merged
from .spec import DATE, ID, SheetSpec


class Rows:
    """headings, mapped and extra are as in `Sheet`. Iterating, once, gives (Excel's row number, the row's cells as a person
    sees them, what Excel has lost of it or ""); cells that it has lost are empty."""

    def __init__(self, file: IO[bytes], *, spec: SheetSpec, limits: guard.Limits) -> None:
        """RuleError as `read_sheet`, and `xlsx_too_many_cells`, `xlsx_formulas`."""
        checked = guard.check_archive(file, limits)
        try:
            sheet = first_sheet(python_calamine.load_workbook(file), spec)
        except (python_calamine.CalamineError, OSError, ValueError):
            raise guard.refuse("damaged", f"文件已损坏，无法读取。{guard.SAVE_AS}")
        rows = sheet.iter_rows()
        head = list(islice(rows, HEADINGS_WITHIN))
        top = heading_row(head, spec)
        found = map_columns(head[top], spec)
        self.headings, self.mapped, self.extra = found.headings, found.mapped, found.extra
        self._spec, self._limits, self._top = spec, limits, top
        columns = [(self.mapped[c.key], c) for c in spec.columns if c.key in self.mapped]
        self._ids = [position for position, c in columns if c.kind == ID]
        self._dates = [(p, converter(c, date1904=checked.date1904)) for p, c in columns if c.kind == DATE]
        geometry = checked.geometry(sheet.name)
        refuse_merged(geometry.merged, top)
        # the reader leaves out empty columns on the left, positions of formulas count them
        self._formulas = self._formula_rows(geometry.formulas, sheet.start[1] if sheet.start else 0)
        self._rows = chain(head[top + 1 :], rows)

    def _formula_rows(self, formulas: list[tuple[int, int]], left: int) -> set[int]:
        wanted = {position + left for position in self.mapped.values()}
        if len(formulas) >= guard.KEPT:
            raise guard.refuse(
                "formulas", "表格里的公式太多，系统无法逐个核对。请全选、复制后选择性粘贴为数值，再上传。"
            )
        return {row + 1 for row, column in formulas if column in wanted}

    def __iter__(self) -> Iterator[tuple[int, list[str], str]]:
        seen = 0
        for number, cells in enumerate(self._rows, self._top + 2):
            if not any(map(filled, cells)):
                continue
            texts = [shown(cell) for cell in cells]
            for position, convert in self._dates:
                texts[position] = _day(cells[position], convert) or texts[position]
            if seen == 0 and self._is_example(texts):
                continue
            seen += 1
            if seen > self._limits.rows:
                raise guard.too_many_rows(self._limits.rows)
            yield number, texts, self._lost(number, cells, texts)

    def _is_example(self, texts: list[str]) -> bool:
        """The template's example, if its columns are there; columns without one are the reader's own."""
        columns = [c for c in self._spec.columns if c.key in self.mapped and c.example]
        return bool(columns) and all(texts[self.mapped[c.key]] == c.example for c in columns)

    def _lost(self, number: int, cells: list[Any], texts: list[str]) -> str:
        for position in self._ids:
            if not isinstance(cells[position], str):
                texts[position] = ""  # what Excel rounded must not come back looking like an ID number
                return AS_TEXT
        return FORMULA if number in self._formulas else ""


def _day(value: Any, convert: Convert) -> str:
    """A day that stands there as Excel's bare number; "" if it doesn't, or can't be read."""
    if not isinstance(value, float):
        return ""
    try:
        return str(convert(value))
    except Bad:
        return ""
