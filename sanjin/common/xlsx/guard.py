"""What no library should see: the archive is checked, and counted while inflating, before anything is read from it.

python-calamine allocates width × height of the used range and Excel's own parts may inflate a thousandfold, so geometry,
sizes, formulas and merged ranges are taken from the XML first, in a stream (threats.md, weak spots).
"""

import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import IO
from xml.etree import ElementTree
from xml.parsers import expat

from django.conf import settings

from sanjin.common.errors import RuleError

from .glance import glance
from .texts import larger_written_out

READ_ERRORS = (
    zipfile.BadZipFile,
    zlib.error,
    ElementTree.ParseError,
    expat.ExpatError,
    KeyError,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
)
CHUNK = 256 * 1024
MOST_PARTS = 1000
MOST_COLUMNS = 100
KEPT = 20_000  # positions of formulas and merged ranges that are remembered

SAVE_AS = "请用 Excel 或 WPS 打开后另存为“Excel 工作簿（.xlsx）”，再上传。"
OLE = b"\xd0\xcf\x11\xe0"


def refuse(code: str, message: str, **data) -> RuleError:
    """All refusals of a whole file: status 400, code `xlsx_…`."""
    return RuleError(f"xlsx_{code}", message, field="file", **data)


@dataclass(frozen=True)
class Limits:
    """How large a workbook may be: bytes as uploaded, bytes when inflated, rows of data, different texts, and cells of the
    used range (the reader allocates all of them; None: as many as rows and columns allow)."""

    bytes: int
    inflated: int
    rows: int
    strings: int = 1_000_000
    cells: int | None = None


def usual() -> Limits:
    """Of a workbook that is imported."""
    return Limits(settings.XLSX_MAX_BYTES, settings.XLSX_MAX_INFLATED, settings.XLSX_MAX_ROWS)


@dataclass
class Geometry:
    """Of one worksheet, 0-based: the last row and column that hold a value; where formulas and merged ranges are."""

    last_row: int = -1
    last_column: int = -1
    formulas: list[tuple[int, int]] = field(default_factory=list)
    merged: list[str] = field(default_factory=list)


@dataclass
class Checked:
    """An archive that may be read: geometry by part name, part by sheet name, whether its dates count from 1904."""

    parts: dict[str, Geometry] = field(default_factory=dict)
    part_of: dict[str, str] = field(default_factory=dict)
    date1904: bool = False

    def geometry(self, sheet: str) -> Geometry:
        """Of the sheet with this name."""
        return self.parts.get(self.part_of.get(sheet, ""), Geometry())


def check_envelope(file: IO[bytes], limits: Limits | None = None) -> zipfile.ZipFile:
    """Cheap checks, fit for a request: size, kind of file, parts, macros, encryption. RuleError `xlsx_…`."""
    size = file.seek(0, 2)
    file.seek(0)
    limit = (limits or usual()).bytes
    if size > limit:
        raise refuse(
            "too_big", f"文件有 {size / 2**20:.1f} MB，超过 {limit // 2**20} MB 的上限。请分成几个文件上传。"
        )
    head = file.read(4)
    file.seek(0)
    if head == OLE:
        raise refuse("old_format", f"这是旧版 .xls 文件，或加了打开密码的工作簿，系统无法读取。{SAVE_AS}")
    if head != b"PK\x03\x04":
        raise refuse("not_xlsx", f"这不是 Excel 工作簿（.xlsx）。{SAVE_AS}")
    try:
        archive = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise refuse("damaged", f"文件已损坏，无法打开。{SAVE_AS}")
    parts = archive.infolist()
    names = {part.filename.lower() for part in parts}
    if "xl/workbook.xml" not in names or "[content_types].xml" not in names:
        raise refuse("not_xlsx", f"这不是 Excel 工作簿（.xlsx）。{SAVE_AS}")
    if len(names) != len(parts) or len(parts) > MOST_PARTS or any(part.flag_bits & 1 for part in parts):
        raise refuse("damaged", f"文件的内部结构不正常（重复、过多或加密的部件）。{SAVE_AS}")
    if any("vbaproject" in name or "/macrosheets/" in name for name in names):
        raise refuse("macros", f"文件含有宏，为安全起见不能导入。{SAVE_AS}")
    return archive


def check_archive(file: IO[bytes], limits: Limits | None = None) -> Checked:
    """Everything: inflates each part once, counting. RuleError `xlsx_…`."""
    limits = limits or usual()
    archive = check_envelope(file, limits)
    checked = Checked()
    left = limits.inflated
    try:
        for part in archive.infolist():
            stream = _counted(archive, part, left, limits)
            name = part.filename.lower()
            if name.startswith("xl/worksheets/") and name.endswith(".xml"):
                ordinary = _seen_at_a_glance(stream, limits)
                again = _counted(archive, part, left, limits)
                checked.parts[part.filename] = _bounded(ordinary or _geometry(again, limits), limits)
            elif name.endswith((".xml", ".rels", ".vml")):
                checked.date1904 |= _scan_xml(name, _without_cells(stream), limits)
            else:
                for _ in _without_cells(stream):
                    pass
            left -= part.file_size
        checked.part_of = _parts_by_sheet(archive)
        if larger_written_out(archive, list(checked.parts), limits.inflated):
            raise _too_large(limits)
    except READ_ERRORS:
        raise refuse("damaged", f"文件已损坏，无法完整读出。{SAVE_AS}")
    file.seek(0)
    return checked


def _parts_by_sheet(archive: zipfile.ZipFile) -> dict[str, str]:
    """Which part holds the sheet of which name. Both parts have been scanned: no declarations, bounded size."""
    targets = {
        each.get("Id"): each.get("Target", "").lstrip("/")
        for each in ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))  # noqa: S314  scanned
    }
    book = ElementTree.fromstring(archive.read("xl/workbook.xml"))  # noqa: S314  scanned
    result = {}
    for each in book.iter():
        if each.tag.rpartition("}")[2] == "sheet":
            link = next((v for k, v in each.attrib.items() if k.rpartition("}")[2] == "id"), "")
            target = targets.get(link, "")
            result[each.get("name", "")] = target if target.startswith("xl/") else f"xl/{target}"
    return result


def _counted(archive: zipfile.ZipFile, part: zipfile.ZipInfo, left: int, limits: Limits) -> Iterator[bytes]:
    """Chunks of a part. Counts what really comes out: the directory's own figure may lie."""
    if part.file_size > left:
        raise _too_large(limits)
    with archive.open(part) as stream:
        while chunk := stream.read(CHUNK):
            left -= len(chunk)
            if left < 0:
                raise _too_large(limits)
            yield chunk


def _too_large(limits: Limits) -> RuleError:
    limit = limits.inflated // 2**20
    return refuse(
        "bomb", f"文件展开后超过 {limit} MB，不能导入。请只保留要导入的数据，删除图片和多余的工作表后再上传。"
    )


_CELL = re.compile(rb"[<:]c[\s/>]")


def _without_cells(stream: Iterator[bytes]) -> Iterator[bytes]:
    """A relation may name any part as a worksheet: only those in their own folder, which are measured, may hold cells."""
    tail, data, cell = b"", False, False
    for chunk in stream:
        window = tail + chunk
        data, cell = data or b"sheetData" in window, cell or bool(_CELL.search(window))
        if data and cell:
            raise refuse("damaged", f"文件的内部结构不正常（工作表不在它的位置）。{SAVE_AS}")
        tail = window[-8:]
        yield chunk


_DECLARATION = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)


def _entities() -> RuleError:
    return refuse("entities", f"文件含有不允许的 XML 定义（DOCTYPE 或 ENTITY），不能导入。{SAVE_AS}")


def _scan_xml(name: str, stream: Iterator[bytes], limits: Limits) -> bool:
    """Refuse declarations in any part; count strings. Returns whether dates count from 1904."""
    tail, strings, date1904 = b"", 0, False
    shared = name.endswith("sharedstrings.xml")
    for number, chunk in enumerate(stream):
        if number == 0 and (chunk[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in chunk[:64]):
            raise _entities()  # UTF-16 would hide a declaration from the search; nobody's Excel writes it
        window = tail + chunk
        if _DECLARATION.search(window):
            raise _entities()
        if name == "xl/workbook.xml" and re.search(rb"date1904\s*=\s*[\"'](?:1|true)", window):
            date1904 = True
        if name == "[content_types].xml" and b"macroEnabled" in window:
            raise refuse("macros", f"文件含有宏，为安全起见不能导入。{SAVE_AS}")
        if shared:
            strings += chunk.count(b"si>") + chunk.count(b"si/>")
            if strings > 2 * limits.strings:
                raise _too_large(limits)
        tail = window[-64:]
    return date1904


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
    parser.StartDoctypeDeclHandler = _refuse_doctype
    try:
        for chunk in stream:
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except (expat.ExpatError, ValueError):
        raise refuse("damaged", f"工作表的内容已损坏，无法读取。{SAVE_AS}")
    return geometry


def _refuse_doctype(*_args) -> None:
    raise _entities()


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


def too_many_rows(limit: int) -> RuleError:
    return refuse("too_many_rows", f"数据超过 {limit} 行。请分成几个文件，逐个上传。")


def _check_columns(column: int) -> None:
    if column >= MOST_COLUMNS:
        raise refuse(
            "too_many_columns",
            f"数据超过 {MOST_COLUMNS} 列，不像导入模板。请下载模板，把数据粘贴到模板里再上传。",
        )
