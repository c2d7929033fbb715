"""What a workbook shall look like: one description for template, reading and the sentences about errors."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

TEXT, DIGITS, ID, DATE, CHOICE = "text", "digits", "id", "date", "choice"

REASON_HEADING = "错误原因"


@dataclass(frozen=True)
class Column:
    """kind:
    - `text`: any text; numbers become text.
    - `digits`: phones and other digits that Excel keeps whole as a number (15 or fewer).
    - `id`: ID numbers; a numeric cell is refused, because Excel has already rounded it.
    - `date`: a date cell, 20200102, 2020-1-2, 2020年1月2日 … → datetime.date.
    - `choice`: one of `choices` (what the cell says → what the row gets).
    An empty cell gives None. `aliases` are other headings for the same thing (the national register's). `mask` hides
    the value in lists of errors, for personal data."""

    key: str
    heading: str
    kind: str = TEXT
    required: bool = False
    aliases: tuple[str, ...] = ()
    choices: Mapping[str, Any] = field(default_factory=dict)
    max_length: int = 0
    unique: bool = False
    mask: Callable[[str], str] | None = None
    width: int = 14
    note: str = ""
    example: str = ""

    @property
    def as_text(self) -> bool:
        """Excel must not touch what is typed into this column."""
        return self.kind in (DIGITS, ID) or self.kind == TEXT


@dataclass(frozen=True)
class SheetSpec:
    """name and version stand hidden in the template, so that another template, or an old one, is recognised."""

    name: str
    title: str
    version: int
    columns: tuple[Column, ...]
    notes: tuple[str, ...] = ()

    @cached_property
    def by_heading(self) -> dict[str, Column]:
        """Normalised headings and aliases → column."""
        found = {plain(alias): column for column in self.columns for alias in column.aliases}
        return found | {plain(column.heading): column for column in self.columns}

    @cached_property
    def by_key(self) -> dict[str, Column]:
        return {column.key: column for column in self.columns}


# A bracket looks no further than the next one, and a heading is short: else a cell of a million brackets takes hours.
_NOISE = re.compile(r"[\s*＊:：​﻿]+|[（(][^（()）]*[）)]")
LONGEST_HEADING = 100


def plain(heading: Any) -> str:
    """A heading without stars, blanks and remarks in brackets: `* 姓 名（必填）` → `姓名`."""
    return _NOISE.sub("", str(heading)[:LONGEST_HEADING]) if heading is not None else ""
