"""Which rows of a member sheet may be imported into a branch, and why the others may not.

Two steps: rules of the row itself and against the other rows of the file (once), then numbers that somebody has
(three queries whatever the number of rows, again at each attempt to import).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from members.models import Member
from members.validators import Problem, Record, check_record
from members.validators.taken import Holder, account_taken, person_known, phone_taken
from sanjin.common.errors import RuleError
from sanjin.common.masking import mask_name
from sanjin.common.sealing import blind_index

from .holders import holders_of


class RowProblem(NamedTuple):
    """Row number as in the sheet, field key, code, sentence, and what the next step needs (`RuleError.data`)."""

    row: int
    field: str
    code: str
    message: str
    data: dict[str, Any] = {}


@dataclass(slots=True)
class Candidate:
    """A row that is right in itself. Blind indexes are made once: two of the three are looked up and then stored."""

    row: int
    record: Record
    id_index: bytes
    phone_index: bytes | None
    account_indexes: list[bytes]
    account: int = 0  # which of the record's login names it gets


@dataclass(slots=True)
class Checkup:
    """All rows of a sheet. A row with several problems is listed with each of them."""

    candidates: list[Candidate] = field(default_factory=list)
    problems: list[RowProblem] = field(default_factory=list)
    warnings: list[RowProblem] = field(default_factory=list)


def read_rows(rows: Iterable[tuple[int, Mapping[str, Any]]], *, today: date) -> Checkup:
    """rows: (row number, values by field key), as `check_record` takes them. Duplicates inside the file: the first
    row stands, a later one is refused with its number."""
    checkup = Checkup()
    seen_ids: dict[str, Candidate] = {}
    seen_phones: dict[str, Candidate] = {}
    for number, raw in rows:
        record, problems, warnings = check_record(raw, today=today)
        candidate = None if problems else _candidate(number, record)
        if record.id_number and (first := seen_ids.get(record.id_number)):
            problems = [*problems, _twice("id_number", "公民身份号码", first)]
        elif record.phone and (first := seen_phones.get(record.phone)):
            problems = [*problems, _twice("phone", "手机号码", first)]
        checkup.warnings += [RowProblem(number, *each) for each in warnings]
        if problems:
            checkup.problems += [RowProblem(number, *each) for each in problems]
        elif candidate:
            checkup.candidates.append(candidate)
            seen_ids[record.id_number] = candidate
            if record.phone:
                seen_phones[record.phone] = candidate
    return checkup


def _candidate(number: int, record: Record) -> Candidate:
    phone_index = blind_index(record.phone) if record.phone else None
    accounts = [phone_index] if phone_index else [blind_index(name) for name in record.accounts]
    return Candidate(number, record, blind_index(record.id_number), phone_index, accounts)


def _twice(field_key: str, label: str, first: Candidate) -> Problem:
    who = f"第 {first.row} 行（{mask_name(first.record.name)}）"
    remedy = "请删去重复的一行" if field_key == "id_number" else "一个手机号只能给一个人，请核对是谁的号码"
    return Problem(field_key, "row_twice", f"{label}与{who}相同。{remedy}。")


def refuse_taken(
    candidates: Iterable[Candidate], *, organization_id: int, but: Member | None = None
) -> tuple[list[Candidate], list[RowProblem]]:
    """Split into rows that may be saved (each with its login name chosen) and problems F23, F28, F29.

    but: the member being edited, whose own numbers are no obstacle.
    """
    candidates = list(candidates)
    taken = Taken(
        holders_of("id_number", [c.id_index for c in candidates], but=but),
        holders_of("phone", [c.phone_index for c in candidates if c.phone_index], but=but),
        holders_of("account_name", {index for c in candidates for index in c.account_indexes}, but=but),
        organization_id,
    )
    good: list[Candidate] = []
    problems: list[RowProblem] = []
    given: set[bytes] = set()
    for candidate in candidates:
        errors = taken.errors(candidate, given)
        if errors:
            row = candidate.row
            problems += [RowProblem(row, e.field or "", e.code, e.message, e.data) for e in errors]
        else:
            given.add(candidate.account_indexes[candidate.account])
            good.append(candidate)
    return good, problems


class Taken(NamedTuple):
    """Who holds the numbers of all candidates, and the branch that asks."""

    people: dict[bytes, Holder]
    phones: dict[bytes, Holder]
    accounts: dict[bytes, Holder]
    asking_id: int

    def errors(self, candidate: Candidate, given: set[bytes]) -> list[RuleError]:
        """What keeps this candidate out; if nothing does, its login name has been chosen."""
        errors = []
        if holder := self.people.get(candidate.id_index):
            errors.append(person_known(holder, asking_id=self.asking_id))
        holder = self.phones.get(candidate.phone_index) if candidate.phone_index else None
        # The same person on both counts needs one sentence, not two.
        if holder and holder != self.people.get(candidate.id_index):
            errors.append(self._phone_taken(holder, candidate))
        return errors or self._choose_account(candidate, given)

    def _choose_account(self, candidate: Candidate, given: set[bytes]) -> list[RuleError]:
        """The first login name that neither the database nor an earlier row of the file has (F29, F30)."""
        for place, index in enumerate(candidate.account_indexes):
            if index not in self.accounts and index not in given:
                candidate.account = place
                return []
        holder = self.accounts.get(candidate.account_indexes[0])
        if holder is None:
            return [LANDLINE_TWICE]
        if candidate.phone_index:
            return [self._phone_taken(holder, candidate)]
        return [account_taken(holder, asking_id=self.asking_id)]

    def _phone_taken(self, holder: Holder, candidate: Candidate) -> RuleError:
        return phone_taken(holder, asking_id=self.asking_id, phone_index=candidate.phone_index or b"")


LANDLINE_TWICE = RuleError(
    "account_taken",
    "此固定电话已用作本文件中另一人的登录账号，本人不满 50 周岁，没有别的账号可用。请填写手机号码。",
    field="landline",
)


def refusals_of(
    record: Record, *, organization_id: int, but: Member | None = None
) -> tuple[Candidate, list[RowProblem]]:
    """The same for one checked record, as a form and its action need it: (with the login name chosen, problems)."""
    candidate = _candidate(0, record)
    _, problems = refuse_taken([candidate], organization_id=organization_id, but=but)
    return candidate, problems
