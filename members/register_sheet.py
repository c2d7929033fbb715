"""A superior's register (全国党员管理信息系统's export) that is split by branch (F32): the import's own headings and a column
that names the branch. Only the branch is looked at here; all other rules are the branch's own check (F22–F38)."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import IO, Any, NamedTuple

from django.conf import settings

from members.member_sheet import BRANCH, SPEC
from members.models.register_part import Line
from members.queries.already_here import already_here
from members.queries.branches_named import branches_named
from sanjin.common.errors import RuleError
from sanjin.common.masking import mask_numbers
from sanjin.common.xlsx import Limits, Rows
from sanjin.common.xlsx.cells import AS_TEXT
from sanjin.common.xlsx.reader import FORMULA
from sanjin.common.xlsx.spec import REASON_HEADING

REGISTER = replace(SPEC, title="党员名册", columns=(replace(BRANCH, required=True), *SPEC.columns))
# A branch has 3 to some 100 members: thousands are a column that was filled down by mistake.
MOST_ROWS_OF_A_BRANCH = 5000
TELL_EVERY = 500
# What is longer is refused by the branch's check in any case; a part may not become one huge text in a request.
LONGEST_TEXT = 500
SPOILED = {AS_TEXT, FORMULA}


def register_limits() -> Limits:
    """How large a register may be; docs/operations.md."""
    return Limits(
        settings.REGISTER_MAX_BYTES,
        settings.REGISTER_MAX_INFLATED,
        settings.REGISTER_MAX_ROWS,
        strings=10 * settings.REGISTER_MAX_ROWS,
        cells=settings.REGISTER_MAX_CELLS,
    )


class Packed(NamedTuple):
    """A row as bytes: 200,000 rows as lists of texts would take a gigabyte."""

    number: int
    texts: bytes


class Refused(NamedTuple):
    row: Packed
    reason: str


@dataclass
class Register:
    """parts: branch's pk → its rows in the file's order, none if all of them are its members already; refused: rows whose
    branch isn't clear, or that Excel spoiled; here: how many rows are of people who are members of their branch already.
    """

    rows: Rows
    total: int = 0
    here: int = 0
    parts: dict[int, list[Packed]] = field(default_factory=dict)
    refused: list[Refused] = field(default_factory=list)

    def lines(self, branch_id: int) -> list[Line]:
        """The rows of a branch, as its part keeps them."""
        columns = [(c.key, self.rows.mapped[c.key]) for c in SPEC.columns if c.key in self.rows.mapped]
        texts = (json.loads(row.texts) for row in self.parts[branch_id])
        return [{key: row[at][:LONGEST_TEXT] for key, at in columns if row[at]} for row in texts]

    def errors(self, most: int) -> list[dict[str, Any]]:
        """For the page: the first rows that must be corrected, with name and branch as written, no numbers."""
        at, name = self.rows.mapped["branch"], self.rows.mapped["name"]
        found = []
        for row, reason in self.refused[:most]:
            texts = json.loads(row.texts)
            column = "整行" if reason in SPOILED else BRANCH.heading
            value = "" if reason in SPOILED else mask_numbers(texts[at])[:40]
            found.append(
                {
                    "row": row.number,
                    "column": column,
                    "reason": reason,
                    "value": value,
                    "name": mask_numbers(texts[name])[:30],
                }
            )
        return found

    @property
    def headings_to_correct(self) -> list[str]:
        """The file's own headings and 错误原因, so that the rows go in again as they are."""
        return [*self.rows.headings, REASON_HEADING]

    def rows_to_correct(self) -> Iterator[list[str]]:
        """One after the other: there may be as many as the file has."""
        for row, reason in self.refused:
            yield [*json.loads(row.texts), reason]


def read_register(file: IO[bytes], *, account: Any, tell: Callable[[int], None]) -> Register:
    """Read a register and find the branches that it names in the account's scope. tell(rows read) is called now and then.

    RuleError `xlsx_…` as `read_sheet`, for a file that is wrong as a whole.
    """
    register = Register(_rows(file))
    written = _by_cell(register, tell)
    if not register.total:
        raise EMPTY
    for cell, found in branches_named(written, account).items():
        if isinstance(found, int):
            register.parts.setdefault(found, []).extend(written[cell])
        else:
            register.refused += [Refused(row, found) for row in written[cell]]
    for rows in register.parts.values():
        rows.sort()
    _refuse_oversized(register)
    _leave_out_members(register)
    register.refused.sort()
    return register


def _rows(file: IO[bytes]) -> Rows:
    try:
        return Rows(file, spec=REGISTER, limits=register_limits())
    except RuleError as error:
        if BRANCH.heading in error.data.get("missing", ()):
            raise NO_BRANCHES
        raise


def _by_cell(register: Register, tell: Callable[[int], None]) -> dict[str, list[Packed]]:
    """What the branch's cell says → rows. A row that Excel spoiled is refused whatever it says."""
    written: dict[str, list[Packed]] = defaultdict(list)
    at = register.rows.mapped["branch"]
    for number, texts, lost in register.rows:
        register.total += 1
        row = Packed(number, json.dumps(texts, ensure_ascii=False).encode())
        if lost:
            register.refused.append(Refused(row, lost))
        else:
            written[" ".join(texts[at].split())].append(row)
        if register.total % TELL_EVERY == 0:
            tell(register.total)
    return written


def _refuse_oversized(register: Register) -> None:
    for branch_id in [pk for pk, rows in register.parts.items() if len(rows) > MOST_ROWS_OF_A_BRANCH]:
        rows = register.parts.pop(branch_id)
        reason = f"这个支部有 {len(rows)} 行，超过一个支部的上限 {MOST_ROWS_OF_A_BRANCH} 行，请核对“{BRANCH.heading}”一列"
        register.refused += [Refused(row, reason) for row in rows]


def _leave_out_members(register: Register) -> None:
    """A register that is uploaded again gives no new work to branches that are done."""
    at = register.rows.mapped["id_number"]
    people = (
        (row.number, branch_id, json.loads(row.texts)[at])
        for branch_id, rows in register.parts.items()
        for row in rows
    )
    here = already_here(people)
    register.here = len(here)
    for branch_id, rows in register.parts.items():
        register.parts[branch_id] = [row for row in rows if row.number not in here]


NO_BRANCHES = RuleError(
    "xlsx_columns",
    f"缺少“{BRANCH.heading}”一列，系统无法按支部拆分。请在导出名册时选上该列后重新上传。",
    field="file",
)
EMPTY = RuleError("xlsx_empty", "表格里没有数据行。请核对导出的名册后再上传。", field="file")
