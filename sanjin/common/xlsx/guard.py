"""What no library should see: the archive is checked, and counted while inflating, before anything is read from it.

python-calamine allocates width × height of the used range and Excel's own parts may inflate a thousandfold, so geometry,
sizes, formulas and merged ranges are taken from the XML first, in a stream (threats.md, weak spots).
"""

import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import IO
from xml.etree import ElementTree
from xml.parsers import expat

from .envelope import check_envelope
from .geometry import KEPT, Geometry, measure
from .limits import SAVE_AS, Limits, refuse, too_large, too_many_rows, usual
from .parts import scan_xml, without_cells
from .texts import larger_written_out

__all__ = [
    "KEPT",
    "SAVE_AS",
    "Checked",
    "Limits",
    "check_archive",
    "check_envelope",
    "refuse",
    "too_many_rows",
]

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
    struct.error,
    ValueError,  # of what zipfile computes from a spoiled header
)
CHUNK = 256 * 1024


@dataclass
class Checked:
    """An archive that may be read: geometry by part name, part by sheet name, whether its dates count from 1904."""

    parts: dict[str, Geometry] = field(default_factory=dict)
    part_of: dict[str, str] = field(default_factory=dict)
    date1904: bool = False

    def geometry(self, sheet: str) -> Geometry:
        """Of the sheet with this name."""
        return self.parts.get(self.part_of.get(sheet, ""), Geometry())


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
                again = partial(_counted, archive, part, left, limits)
                checked.parts[part.filename] = measure(stream, again, limits)
            elif name.endswith((".xml", ".rels", ".vml")):
                checked.date1904 |= scan_xml(name, without_cells(stream), limits)
            else:
                for _ in without_cells(stream):
                    pass
            left -= part.file_size
        checked.part_of = _parts_by_sheet(archive)
        if larger_written_out(archive, list(checked.parts), limits.inflated):
            raise too_large(limits)
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
        raise too_large(limits)
    with archive.open(part) as stream:
        while chunk := stream.read(CHUNK):
            left -= len(chunk)
            if left < 0:
                raise too_large(limits)
            yield chunk
