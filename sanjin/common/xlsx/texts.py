"""A text stands once in a workbook, and again in each cell that names it once it is read: 42 KB may become gigabytes."""

import zipfile
from collections.abc import Iterator
from xml.parsers import expat

CHUNK = 256 * 1024
END = b"</si>"  # stands in no text, because `<` is escaped there
LONGEST_INDEX = 20


def larger_written_out(archive: zipfile.ZipFile, sheets: list[str], most: int) -> bool:
    """Whether the cells of `sheets` (parts, found to be sound XML) hold more than `most` bytes of shared texts. Counted
    cell by cell only where the longest text in each of them would be too much."""
    names = (name for name in archive.namelist() if name.lower().replace("\\", "/") == "xl/sharedstrings.xml")
    shared = next(names, "")
    if not shared:
        return False
    if sum(_named(archive, name) for name in sheets) * _longest(archive, shared) <= most:
        return False
    lengths, total = _lengths(archive, shared), 0
    for name in sheets:
        for index in _indexes(archive, name):
            total += lengths[index] if index < len(lengths) else 0
            if total > most:
                return True
    return False


def _chunks(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    with archive.open(name) as stream:
        while chunk := stream.read(CHUNK):
            yield chunk


def _named(archive: zipfile.ZipFile, name: str) -> int:
    """No fewer than the cells with a shared text: `t="s"`."""
    count, tail = 0, b""
    for chunk in _chunks(archive, name):
        window = tail + chunk
        count += window.count(b'"s"') + window.count(b"'s'")
        tail = window[-2:]
    return count


def _longest(archive: zipfile.ZipFile, name: str) -> int:
    """No fewer than the bytes of the longest text; all of them where something could hide an end."""
    longest, since_end, tail = 0, 0, b""
    for number, chunk in enumerate(_chunks(archive, name)):
        window = tail + chunk
        if b"<!" in window or window.count(b"<?") > (number == 0):
            return archive.getinfo(name).file_size
        first, *others = window.split(END)
        longest = max([longest, since_end + len(first), *map(len, others)])
        since_end = len(others[-1]) if others else since_end + len(first)
        tail = window[-4:]
    return longest


def _lengths(archive: zipfile.ZipFile, name: str) -> list[int]:
    lengths: list[int] = []
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def start(tag: str, _attributes: dict[str, str]) -> None:
        if tag.rpartition(":")[2] == "si":
            lengths.append(0)

    def text(data: str) -> None:
        if lengths:
            lengths[-1] += len(data.encode())

    parser.StartElementHandler, parser.CharacterDataHandler = start, text
    for chunk in _chunks(archive, name):
        parser.Parse(chunk, False)
    return lengths


def _indexes(archive: zipfile.ZipFile, name: str) -> Iterator[int]:
    """Which shared text each cell names, one after the other."""
    found: list[int] = []
    shared, value = False, ""
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal shared, value
        tag = tag.rpartition(":")[2]
        if tag == "c":
            shared = attributes.get("t") == "s"
        elif tag == "v":
            value = ""

    def text(data: str) -> None:
        nonlocal value
        if shared:
            value = (value + data)[:LONGEST_INDEX]

    def end(tag: str) -> None:
        if shared and tag.rpartition(":")[2] == "v" and value.strip().isdecimal():
            found.append(int(value))

    parser.StartElementHandler, parser.CharacterDataHandler, parser.EndElementHandler = start, text, end
    for chunk in _chunks(archive, name):
        parser.Parse(chunk, False)
        yield from found
        found.clear()
