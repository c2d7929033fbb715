"""Versions of the minutes, compared (F46)."""

from dataclasses import dataclass
from difflib import SequenceMatcher

from meetings.models import Minutes

SAME, GONE, NEW = "same", "gone", "new"


@dataclass(frozen=True)
class Line:
    """A line of a comparison: in both, only in the older, or only in the newer version."""

    mark: str
    text: str


def compare(older: Minutes, newer: Minutes) -> list[Line]:
    """What changed from one version to another, line by line, in the order of the newer one."""
    before, after = older.text.split("\n"), newer.text.split("\n")
    lines: list[Line] = []
    for tag, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            lines += [Line(SAME, text) for text in after[k:m]]
        else:
            lines += [Line(GONE, text) for text in before[i:j]] + [Line(NEW, text) for text in after[k:m]]
    return lines
