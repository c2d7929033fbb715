"""Versions of the minutes, compared (F46)."""

from dataclasses import dataclass
from difflib import SequenceMatcher

from meetings.models import Minutes

SAME, GONE, NEW = "same", "gone", "new"
# Lines before × lines after that are compared one by one: the comparison is cubic where the same lines come again.
MOST_COMPARED = 40_000


@dataclass(frozen=True)
class Line:
    """A line of a comparison: in both, only in the older, or only in the newer version."""

    mark: str
    text: str


def compare(older: Minutes, newer: Minutes) -> list[Line]:
    """What changed from one version to another, line by line, in the order of the newer one. Where too much changed to
    be told line by line, all of it is gone and all of it is new."""
    before, after = older.text.split("\n"), newer.text.split("\n")
    head = _common(before, after)
    tail = _common(before[head:][::-1], after[head:][::-1])
    changed = _changed(before[head : len(before) - tail], after[head : len(after) - tail])
    return [*_marked(SAME, after[:head]), *changed, *_marked(SAME, after[len(after) - tail :])]


def _common(before: list[str], after: list[str]) -> int:
    """How many lines both begin with."""
    return next(
        (n for n, (a, b) in enumerate(zip(before, after, strict=False)) if a != b),
        min(len(before), len(after)),
    )


def _changed(before: list[str], after: list[str]) -> list[Line]:
    if len(before) * len(after) > MOST_COMPARED:
        return _marked(GONE, before) + _marked(NEW, after)
    lines: list[Line] = []
    for tag, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            lines += _marked(SAME, after[k:m])
        else:
            lines += _marked(GONE, before[i:j]) + _marked(NEW, after[k:m])
    return lines


def _marked(mark: str, texts: list[str]) -> list[Line]:
    return [Line(mark, text) for text in texts]
