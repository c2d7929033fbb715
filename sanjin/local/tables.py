"""Aligned tables in a terminal: a Chinese character takes two columns."""

import unicodedata
from collections.abc import Iterable, Sequence


def width(text: str) -> int:
    """How many terminal columns `text` takes."""
    wide = sum(unicodedata.east_asian_width(character) in "WF" for character in text)
    return len(text) + wide - sum(map(bool, map(unicodedata.combining, text)))


def table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """The rows under their headings, columns aligned, two spaces between and in front."""
    lines = [list(headings), *map(list, rows)]
    widths = [max(width(line[column]) for line in lines) for column in range(len(headings))]
    return "\n".join(
        "  "
        + "  ".join(cell + " " * (wanted - width(cell)) for cell, wanted in zip(line, widths, strict=True))
        for line in lines
    )
