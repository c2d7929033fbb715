"""What no part of an archive may hold, whatever it is called: cells outside their folder, declarations, macros."""

import re
from collections.abc import Iterator

from sanjin.common.errors import RuleError

from .limits import SAVE_AS, Limits, refuse, too_large

_CELL = re.compile(rb"[<:]c[\s/>]")


def without_cells(stream: Iterator[bytes]) -> Iterator[bytes]:
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


def scan_xml(name: str, stream: Iterator[bytes], limits: Limits) -> bool:
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
                raise too_large(limits)
        tail = window[-64:]
    return date1904


def refuse_doctype(*_args) -> None:
    """For a parser's own handler of declarations."""
    raise _entities()
