"""Import of a branch's members: all good rows in one transaction, or none (F29–F33)."""

from collections.abc import Iterable
from typing import NamedTuple

from django.db import IntegrityError, OperationalError

from accounts.models import Account
from members import followers
from members.queries.import_check import Candidate, Checkup, RowProblem, refuse_taken
from organizations.actions import hold
from organizations.enums import Nature
from organizations.models import Organization
from sanjin.common.audit import audited
from sanjin.common.errors import RuleError

from .copying import NewMember, copy_members

__all__ = ["Imported", "NewMember", "copy_members", "import_members"]

ATTEMPTS = 6


class Imported(NamedTuple):
    """How many went in, and the rows that a number of somebody else's kept out."""

    imported: int
    problems: list[RowProblem]


def import_members(organization: Organization, checkup: Checkup, *, actor: Account) -> Imported:
    """Write the good rows of `checkup` (from `read_rows`) into the branch: one COPY, one audit entry with counts.

    Two branches may import the same number at the same moment. The unique index lets one win; the other's COPY is
    undone as a whole, its rows are looked up again, and the one row gets its sentence (F23, F28).
    RuleError `organization_changed` (409); `import_busy` (409) if that happens `ATTEMPTS` times in a row.
    """
    for _ in range(ATTEMPTS):
        good, problems = refuse_taken(checkup.candidates, organization_id=organization.pk)
        try:
            with audited(
                "members.imported",
                actor=actor,
                subject=organization,
                organization=organization,
                imported=len(good),
                refused=len({p.row for p in [*checkup.problems, *problems]}),
            ):
                hold(organization, nature=Nature.BRANCH)
                copy_members(_new_members(good, organization.pk))
                followers.tell()
            return Imported(len(good), problems)
        except IntegrityError:
            continue
        except OperationalError as error:
            if getattr(error.__cause__, "pgcode", "") != DEADLOCK:
                raise
    raise RuleError(
        "import_busy",
        "别的支部正在导入相同的号码，这次没有导入任何一行。请稍等一分钟再点“确认导入”。",
        status=409,
    )


DEADLOCK = "40P01"  # two imports wait for each other's numbers; PostgreSQL ended one of them


def _new_members(candidates: Iterable[Candidate], organization_id: int) -> Iterable[NewMember]:
    for each in candidates:
        yield NewMember(
            organization_id,
            each.record,
            each.record.accounts[each.account],
            id_index=each.id_index,
            phone_index=each.phone_index,
            account_index=each.account_indexes[each.account],
        )
