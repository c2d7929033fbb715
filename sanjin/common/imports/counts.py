"""What a check and an import of a workbook count: every row once."""

from typing import Any

BAD_ROWS = "需要改正的行.xlsx"
THERE = "已存在"  # rows that bring nothing new: no error, and nothing to do

Counts = list[list[Any]]


def checked(total: int, good: int, there: int) -> Counts:
    """What a check counts: the rows are those to import, those that are there, and those to correct."""
    bad = total - good - there
    return [["总行数", total], ["可以导入", good], *apart(THERE, there), ["需要改正", bad]]


def imported(total: int, made: int, there: int) -> Counts:
    """What an import counts, as `checked`."""
    return [["总行数", total], ["已导入", made], *apart(THERE, there), ["未导入", total - made - there]]


def apart(label: str, count: int) -> Counts:
    """A count of its own, where there is something to count."""
    return [[label, count]] if count else []
