"""The workbook that people download to fill in, and the one with the bad rows of what they filled in."""

from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from .cells import AS_TEXT, shown
from .reader import HIDDEN_SHEET
from .sheet import Sheet
from .spec import CHOICE, DATE, REASON_HEADING, Column, SheetSpec
from .writer import _ILLEGAL, HEADING_FILL, HEADING_FONT, RISKY

REQUIRED_FONT = Font(bold=True, color="C8161D")
EXAMPLE_FONT = Font(italic=True, color="8A8F99")
BAD_FILL = PatternFill("solid", fgColor="FDECEC")
VALIDATED_ROWS = 5000


def write_template(spec: SheetSpec) -> bytes:
    """Headings (required ones red with a star), an example row that reading skips, validation, notes."""
    book = _book(spec)
    sheet = book.worksheets[0]
    for position, column in enumerate(spec.columns, 1):
        _put(sheet, 2, position, column.example, font=EXAMPLE_FONT)
    return _bytes(book)


def write_filled(spec: SheetSpec, rows: Iterable[Mapping[str, str]]) -> bytes:
    """The template with these rows (texts by column key) instead of the example: ready to be uploaded as it is."""
    book = _book(spec)
    for line, row in enumerate(rows, 2):
        for position, column in enumerate(spec.columns, 1):
            if value := row.get(column.key):
                _put(book.worksheets[0], line, position, value)
    return _bytes(book)


def write_error_rows(sheet: Sheet) -> bytes:
    """The rows in error: the template's columns and 错误原因. Corrected, it can be uploaded as it is."""
    book = _book(sheet.spec, reasons=True)
    target = book.worksheets[0]
    wrong = {(error.row, error.column) for error in sheet.errors}
    for line, number in enumerate(sorted(sheet.bad_numbers), 2):
        cells = sheet.raw[number]
        for position, column in enumerate(sheet.spec.columns, 1):
            at = sheet.mapped.get(column.key)
            bad = (number, column.heading) in wrong
            _put(
                target,
                line,
                position,
                _original(column, cells[at]) if at is not None else "",
                fill=BAD_FILL if bad else None,
            )
        _put(target, line, len(sheet.spec.columns) + 1, sheet.reasons(number), font=REQUIRED_FONT)
    return _bytes(book)


def _original(column: Column, value: Any) -> str:
    # What Excel rounded must not come back looking like an ID number.
    return "" if column.kind == "id" and not isinstance(value, str) else shown(value)


def _book(spec: SheetSpec, *, reasons: bool = False) -> Workbook:
    book = Workbook()
    sheet = book.active
    sheet.title = spec.title[:31]
    sheet.freeze_panes = "A2"
    _headings(sheet, spec.columns, reasons=reasons)
    _notes(book.create_sheet("填写说明"), spec)
    hidden = book.create_sheet(HIDDEN_SHEET)
    hidden.append([spec.name, str(spec.version), spec.title])
    for position, column in enumerate(spec.columns, 1):
        if column.kind == CHOICE:
            _validate(sheet, hidden, position, column)
    hidden.sheet_state = "veryHidden"
    return book


def _headings(sheet: Any, columns: Sequence[Column], *, reasons: bool) -> None:
    for position, column in enumerate(columns, 1):
        cell = sheet.cell(1, position, f"* {column.heading}" if column.required else column.heading)
        cell.font, cell.fill = REQUIRED_FONT if column.required else HEADING_FONT, HEADING_FILL
        if column.note:
            cell.comment = Comment(column.note, "三晋先锋")
        dimension = sheet.column_dimensions[get_column_letter(position)]
        dimension.width = column.width
        # Text format for the whole column, so that Excel rounds no ID number and eats no leading zero.
        if column.kind != CHOICE:
            dimension.number_format = "@"
    if reasons:
        cell = sheet.cell(1, len(columns) + 1, REASON_HEADING)
        cell.font, cell.fill = REQUIRED_FONT, HEADING_FILL
        sheet.column_dimensions[get_column_letter(len(columns) + 1)].width = 60


def _validate(sheet: Any, hidden: Any, position: int, column: Column) -> None:
    letter = get_column_letter(position)
    for line, choice in enumerate(column.choices, 3):
        hidden.cell(line, position, choice)
    last = len(column.choices) + 2
    rule = DataValidation(
        type="list", formula1=f"'{HIDDEN_SHEET}'!${letter}$3:${letter}${last}", allow_blank=True
    )
    rule.errorTitle, rule.error = column.heading, "请从下拉列表中选择。"
    rule.add(f"{letter}2:{letter}{VALIDATED_ROWS + 1}")
    sheet.add_data_validation(rule)


def _notes(sheet: Any, spec: SheetSpec) -> None:
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 18, 100
    lines = [(spec.title, f"第 {spec.version} 版"), ("示例行", "第 2 行是示例，导入时自动跳过，可以删除。")]
    lines += [("说明", note) for note in spec.notes]
    lines += [(column.heading, _about(column)) for column in spec.columns]
    for line, (label, text) in enumerate(lines, 1):
        sheet.cell(line, 1, label).font = HEADING_FONT
        sheet.cell(line, 2, text).alignment = Alignment(wrap_text=True, vertical="top")


def _about(column: Column) -> str:
    parts = ["必填" if column.required else "选填"]
    if column.note:
        parts.append(column.note)
    if column.kind == DATE:
        parts.append("写成 2020-01-02 这样的年月日")
    if column.kind == "id":
        parts.append(AS_TEXT.rpartition("，")[2].replace("后重新填写", ""))
    if column.choices:
        parts.append(f"可选：{'、'.join(column.choices)}")
    return "；".join(parts) + "。"


def _put(sheet: Any, line: int, position: int, value: str, *, font=None, fill=None) -> None:
    value = _ILLEGAL.sub("", value or "")
    cell = sheet.cell(line, position, value)
    cell.data_type, cell.number_format = "s", "@"
    if value.startswith(RISKY):
        cell.quotePrefix = True
    if font:
        cell.font = font
    if fill:
        cell.fill = fill


def _bytes(book: Workbook) -> bytes:
    file = BytesIO()
    book.save(file)
    return file.getvalue()
