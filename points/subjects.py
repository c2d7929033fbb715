"""Who earns, and what came of it: the values that `award` takes and gives."""

from decimal import Decimal
from typing import NamedTuple

from .enums import SubjectKind

CUT = "cut"
CUT_NOTE = "已达积分上限，按剩余额度计分"


class Subject(NamedTuple):
    """A member or an organisation. `organization_id`: the branch at the time of the act (an organisation: itself)."""

    kind: SubjectKind
    id: int
    organization_id: int


class Outcome(NamedTuple):
    """points: what the ledger holds for this source (0 if refused). reason: '' if paid in full, `CUT` if a cap cut it,
    else a code of `enums.Reason`. entry_id: None if refused. version: id of the rule version that scored, or None."""

    points: Decimal
    reason: str
    entry_id: int | None
    version: int | None


def member(row) -> Subject:
    """A members.Member as a subject."""
    return Subject(SubjectKind.MEMBER, row.pk, row.organization_id)


def organization(row) -> Subject:
    """An organizations.Organization as a subject."""
    return Subject(SubjectKind.ORGANIZATION, row.pk, row.pk)
