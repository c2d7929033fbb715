"""From an uploaded file to rows. Nothing is trusted before `guard` has seen it."""

import difflib
from collections.abc import Sequence
from typing import IO, Any

import python_calamine
from django.conf import settings

from . import guard
from .cells import Bad, converter
from .sheet import Row, Sheet
from .spec import REASON_HEADING, Column, SheetSpec, plain

HEADINGS_WITHIN = 10  # a title and remarks may stand above the headings
HIDDEN_SHEET = "_template"
FORMULA = "单元格是公式，请复制后选择性粘贴为数值"

Values = list[list[Any]]


def check_upload(file: IO[bytes], limits: guard.Limits | None = None) -> None:
    """What a request can afford: size, kind of file, macros. RuleError `xlsx_…` with `field="file"`."""
    guard.check_envelope(file, limits)
    file.seek(0)


def read_sheet(file: IO[bytes], *, spec: SheetSpec) -> Sheet:
    """Read a workbook by its spec. Cells and rows in error are in `sheet.errors`; a wrong file raises RuleError
    (status 400, field "file"): `xlsx_too_big`, `xlsx_not_xlsx`, `xlsx_old_format`, `xlsx_damaged`, `xlsx_macros`,
    `xlsx_bomb`, `xlsx_entities`, `xlsx_too_many_rows`, `xlsx_too_many_columns`, `xlsx_other_template`,
    `xlsx_old_template`, `xlsx_no_headings`, `xlsx_columns`, `xlsx_merged`, `xlsx_empty` (F31).
    """
    checked = guard.check_archive(file)
    try:
        workbook = python_calamine.load_workbook(file)
        chosen = first_sheet(workbook, spec)
        values = chosen.to_python(skip_empty_area=False)
    except (python_calamine.CalamineError, OSError, ValueError):
        raise guard.refuse("damaged", f"文件已损坏，无法读取。{guard.SAVE_AS}")
    top = heading_row(values, spec)
    sheet = map_columns(values[top] if values else [], spec)
    geometry = checked.geometry(chosen.name)
    refuse_merged(geometry.merged, top)
    _fill(sheet, values, top, geometry.formulas, date1904=checked.date1904)
    if not sheet.rows:
        raise guard.refuse("empty", "表格里没有数据行。请在标题行下面填写数据后再上传。")
    return sheet


def first_sheet(workbook: python_calamine.CalamineWorkbook, spec: SheetSpec) -> python_calamine.CalamineSheet:
    """The first visible sheet. RuleError `xlsx_empty`, `xlsx_other_template`, `xlsx_old_template`."""
    visible = [
        s.name for s in workbook.sheets_metadata if s.visible == python_calamine.SheetVisibleEnum.Visible
    ]
    if HIDDEN_SHEET in workbook.sheet_names:
        _check_template(workbook.get_sheet_by_name(HIDDEN_SHEET).to_python(), spec)
    if not visible:
        raise guard.refuse("empty", "文件里没有可见的工作表。请把数据放在第一个工作表里再上传。")
    return workbook.get_sheet_by_name(visible[0])


def _check_template(hidden: Values, spec: SheetSpec) -> None:
    name, version, title = (*(hidden[0] if hidden else []), "", "", "")[:3]
    if name != spec.name:
        raise guard.refuse(
            "other_template",
            f"这是“{title or name}”，这里需要“{spec.title}”。请在本页下载模板，把数据填入后再上传。",
        )
    if str(version).removesuffix(".0") != str(spec.version):
        raise guard.refuse(
            "old_template",
            f"这是“{spec.title}”的第 {str(version).removesuffix('.0')} 版，现在用的是第 {spec.version} 版。请在本页下载新模板，把数据粘贴过去再上传。",
        )


def heading_row(values: Values, spec: SheetSpec) -> int:
    """Index of the row that knows most headings, among the first ones."""
    known = spec.by_heading
    scores = [sum(plain(cell) in known for cell in row if cell) for row in values[:HEADINGS_WITHIN]]
    if not scores or max(scores) == 0:
        wanted = "、".join(c.heading for c in spec.columns if c.required)
        raise guard.refuse(
            "no_headings", f"没有找到标题行。标题行应包含：{wanted}。请下载模板，把数据填入后再上传。"
        )
    return scores.index(max(scores))


def map_columns(cells: Sequence[Any], spec: SheetSpec) -> Sheet:
    headings = [str(cell).strip() if cell is not None else "" for cell in cells]
    mapped: dict[str, int] = {}
    extra, twice = [], []
    for position, heading in enumerate(headings):
        column = spec.by_heading.get(plain(heading))
        if column is None:
            if heading and plain(heading) != REASON_HEADING:
                extra.append(heading)
        elif column.key in mapped:
            twice.append(column.heading)
        else:
            mapped[column.key] = position
    missing = [c for c in spec.columns if c.required and c.key not in mapped]
    if missing or twice:
        raise _wrong_columns(spec, mapped, missing, extra, twice)
    return Sheet(spec, headings, mapped, extra)


def _wrong_columns(
    spec: SheetSpec, mapped: dict[str, int], missing: list[Column], extra: list[str], twice: list[str]
) -> Exception:
    absent = {c.heading: c for c in spec.columns if c.key not in mapped}
    renamed = {}
    for heading in extra:
        near = difflib.get_close_matches(plain(heading), absent, n=1, cutoff=0.4)
        if near:
            renamed[heading] = near[0]
    parts = []
    if missing:
        parts.append(f"缺少列：{'、'.join(c.heading for c in missing)}")
    if renamed:
        parts.append(
            f"疑似改名的列：{'、'.join(f'“{was}”应为“{wanted}”' for was, wanted in renamed.items())}"
        )
    if others := [heading for heading in extra if heading not in renamed]:
        parts.append(f"多余的列：{'、'.join(others[:20])}")
    if twice:
        parts.append(f"重复的列：{'、'.join(twice)}")
    return guard.refuse(
        "columns",
        f"表格的列与模板不一致。{'；'.join(parts)}。请按模板修改标题行，或下载模板重新填写。",
        missing=[c.heading for c in missing],
        extra=extra,
        renamed=renamed,
        twice=twice,
    )


def refuse_merged(merged: list[str], top: int) -> None:
    # A title above the headings may be merged; data may not: only the first cell of a merged range has a value.
    for area in merged:
        last = area.rpartition(":")[2].lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ$")
        if not last.isdecimal() or int(last) > top:
            raise guard.refuse(
                "merged", f"单元格 {area} 是合并的，系统无法判断每一行的值。请取消合并，逐行填写后再上传。"
            )


def _fill(sheet: Sheet, values: Values, top: int, formulas: list[tuple[int, int]], *, date1904: bool) -> None:
    example = [c.example for c in sheet.spec.columns if c.key in sheet.mapped]
    numbers, kept = [], []
    for index in range(top + 1, len(values)):
        row = values[index]
        if any(map(filled, row)):
            numbers.append(index + 1)
            kept.append(row)
    if len(kept) > settings.XLSX_MAX_ROWS:
        raise guard.too_many_rows(settings.XLSX_MAX_ROWS)
    positions = [sheet.mapped[c.key] for c in sheet.spec.columns if c.key in sheet.mapped]
    if kept and [str(kept[0][p]).strip() for p in positions] == example:
        del numbers[0], kept[0]
    sheet.raw = dict(zip(numbers, kept, strict=True))
    at = _formula_rows(sheet, formulas)
    converted = [
        _convert_column(sheet, column, numbers, kept, at.get(column.key, set()), date1904)
        for column in sheet.spec.columns
    ]
    keys = [column.key for column in sheet.spec.columns]
    sheet.rows = [
        Row(number, dict(zip(keys, cells, strict=True)))
        for number, cells in zip(numbers, zip(*converted, strict=True), strict=True)
    ]
    _refuse_repeated(sheet, numbers, kept, set().union(*at.values()))


def filled(cell: Any) -> bool:
    return bool(cell.strip()) if type(cell) is str else cell is not None


def _convert_column(
    sheet: Sheet, column: Column, numbers: list[int], rows: Values, formulas: set[int], date1904: bool
) -> list[Any]:
    """formulas: numbers of the rows in which this cell is one. What it would give is unknown: it may look empty, or be of
    another day, so nothing else is said of it."""
    position = sheet.mapped.get(column.key)
    if position is None:
        return [None] * len(rows)
    convert = converter(column, date1904=date1904)
    result, first_at = [], {}
    for number, row in zip(numbers, rows, strict=True):
        if number in formulas:
            sheet.refuse(number, column.key, FORMULA)
            result.append(None)
            continue
        try:
            value = convert(row[position])
        except Bad as bad:
            value = None
            sheet.refuse(number, column.key, str(bad))
        else:
            if value is None:
                if column.required:
                    sheet.refuse(number, column.key, f"缺少{column.heading}，此项必填")
            elif column.unique and first_at.setdefault(value, number) != number:
                sheet.refuse(number, column.key, f"与第 {first_at[value]} 行重复")
        result.append(value)
    return result


def _refuse_repeated(sheet: Sheet, numbers: list[int], rows: Values, formulas: set[int]) -> None:
    """Rows with a formula are equal to none: nobody knows what they say."""
    first_at: dict[tuple, int] = {}
    for number, row in zip(numbers, rows, strict=True):
        if number in formulas:
            continue
        first = first_at.setdefault(tuple(row), number)
        if first != number:
            sheet.repeats[number] = first
            sheet.refuse(number, None, f"与第 {first} 行完全相同，请删除其中一行")


def _formula_rows(sheet: Sheet, formulas: list[tuple[int, int]]) -> dict[str, set[int]]:
    """Column key → numbers of the rows in which its cell is a formula."""
    keys = {position: key for key, position in sheet.mapped.items()}
    found: dict[str, set[int]] = {}
    for row, column in formulas:
        if column in keys and row + 1 in sheet.raw:
            found.setdefault(keys[column], set()).add(row + 1)
    return found
