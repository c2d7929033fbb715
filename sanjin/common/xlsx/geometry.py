"""Where the cells, formulas and merged ranges of a worksheet stand, before a reader allocates them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from .glance import glance
from .limits import SAVE_AS, Limits, refuse, too_many_rows
from .parts import refuse_doctype

MOST_COLUMNS = 100
KEPT = 20_000  # positions of formulas and merged ranges that are remembered


@dataclass
class Geometry:
    """Of one worksheet, 0-based: the last row and column that hold a value; where formulas and merged ranges are."""

    last_row: int = -1
    last_column: int = -1
    formulas: list[tuple[int, int]] = field(default_factory=list)
    merged: list[str] = field(default_factory=list)


def measure(stream: Iterator[bytes], again: Callable[[], Iterator[bytes]], limits: Limits) -> Geometry:
    """Of the worksheet in `stream`: at a glance, or by walking it `again`. RuleError `xlsx_…`."""
    return _bounded(_seen_at_a_glance(stream, limits) or _geometry(again(), limits), limits)


def _seen_at_a_glance(stream: Iterator[bytes], limits: Limits) -> Geometry | None:
    """What `glance` can tell of an ordinary sheet that is no larger than is allowed; None: walk it."""
    seen = glance(stream)
    if seen is None:
        return None
    last_row, letters = seen
    last_column = max((_column_number(each.decode()) for each in letters), default=-1)
    if last_row > limits.rows or last_column >= MOST_COLUMNS:
        return None  # empty cells that are only coloured count here, but not for the walk
    return Geometry(last_row - 1, last_column)


def _bounded(geometry: Geometry, limits: Limits) -> Geometry:
    cells = (geometry.last_row + 1) * (geometry.last_column + 1)
    if limits.cells is not None and cells > limits.cells:
        raise refuse(
            "too_many_cells",
            f"表格有 {geometry.last_row + 1} 行、{geometry.last_column + 1} 列，超过一次能读的大小。请删除用不到的列，或分成几个文件上传。",
        )
    return geometry


def _geometry(stream: Iterator[bytes], limits: Limits) -> Geometry:
    geometry = Geometry()
    parser = expat.ParserCreate()
    parser.ordered_attributes = True
    parser.StartElementHandler = _walker(geometry, limits)
    parser.StartDoctypeDeclHandler = refuse_doctype
    try:
        for chunk in stream:
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except (expat.ExpatError, ValueError):
        raise refuse("damaged", f"工作表的内容已损坏，无法读取。{SAVE_AS}")
    return geometry


def _walker(geometry: Geometry, limits: Limits) -> Callable[[str, list[str]], None]:
    """The handler of start tags, called twice for each cell: its state is in local variables, because that is fast.

    Positions come from `r`; where it is missing they are counted, as readers do.
    """
    row = column = last_row = last_column = -1
    columns: dict[str, int] = {}

    def start(name: str, attributes: list[str]) -> None:
        nonlocal row, column, last_row, last_column
        if name == "c":
            if attributes and attributes[0] == "r":
                row, column = _place(attributes[1], row, columns)
            elif named := _attribute(attributes, "r"):
                row, column = _place(named, row, columns)
            else:
                column += 1
        elif name == "v" or name == "is":
            if row > last_row:
                last_row = geometry.last_row = row
                _check_rows(row, limits)
            if column > last_column:
                last_column = geometry.last_column = column
                _check_columns(column)
        elif name == "row":
            named = _attribute(attributes, "r")
            row = int(named) - 1 if named and named.isdecimal() else row + 1
            column = -1
        elif name == "f":
            if len(geometry.formulas) < KEPT:
                geometry.formulas.append((row, column))
        elif name == "mergeCell":
            if len(geometry.merged) < KEPT:
                geometry.merged.append(_attribute(attributes, "ref") or "")
        elif ":" in name:
            start(name.rpartition(":")[2], attributes)

    return start


def _place(named: str, row: int, columns: dict[str, int]) -> tuple[int, int]:
    """`AB12` → (11, 27); `columns` remembers letters."""
    letters = named.rstrip("0123456789")
    column = columns.get(letters)
    if column is None:
        column = columns[letters] = _column_number(letters)
    digits = named[len(letters) :]
    return (int(digits) - 1 if digits else row), column


def _attribute(attributes: list[str], name: str) -> str | None:
    for index in range(0, len(attributes), 2):
        if attributes[index] == name:
            return attributes[index + 1]
    return None


def _column_number(letters: str) -> int:
    """`A` → 0, `AA` → 26."""
    number = 0
    for letter in letters.upper():
        if not "A" <= letter <= "Z":
            raise ValueError(letters)
        number = number * 26 + ord(letter) - 64
    return number - 1


def _check_rows(row: int, limits: Limits) -> None:
    if row > limits.rows + 20:  # headings may stand below a title
        raise too_many_rows(limits.rows)


def _check_columns(column: int) -> None:
    if column >= MOST_COLUMNS:
        raise refuse(
            "too_many_columns",
            f"数据超过 {MOST_COLUMNS} 列，不像导入模板。请下载模板，把数据粘贴到模板里再上传。",
        )
