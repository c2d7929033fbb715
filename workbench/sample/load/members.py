"""People as members: sealed, indexed and copied by the same code as an import's (members.actions.copying)."""

from collections.abc import Iterator
from random import Random

from django.db import connection

from members.actions.copying import NewMember
from members.enums import MemberKind, Sex
from members.models import Member
from members.validators import Record, account_candidates

from ..node import Node
from ..people import AS_OF, FULL, Person, people, years_before
from .organizations import organization_id


def new_members(branches: list[Node], seed: int) -> Iterator[NewMember]:
    """Who is loaded, branch by branch, in the order of `people`: a branch's ids ascend in that order."""
    taken: set[str] = set()
    for branch in branches:
        rng = Random(f"{seed}:members:{branch.number}")
        for place, person in enumerate(people(branch, seed)):
            if place == branch.members:
                break  # the rest waits in workbooks
            yield _new(person, organization_id(branch), taken, rng)


def settle_account_names() -> int:
    """Where processes gave one account name to several members, all but the first take their whole ID number (F30).

    Returns the number of renamed members. Must run before the unique index on account names is built.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM (SELECT id, row_number() OVER (PARTITION BY account_name_index ORDER BY id) AS turn"
            " FROM members_member WHERE phone_index IS NULL) numbered WHERE turn > 1"
        )
        doubles = [pk for (pk,) in cursor.fetchall()]
    for member in Member.objects.filter(pk__in=doubles):
        member.account_name = member.id_number
        member.save(update_fields=["account_name_sealed", "account_name_index"])
    return len(doubles)


def record(person: Person) -> Record:
    """The person as a checked record: tests hold every generated one against `check_record`."""
    return Record(
        name=person.name,
        id_number=person.id_number,
        sex=Sex.MALE if person.male else Sex.FEMALE,
        birth_date=person.born,
        ethnicity=person.ethnicity,
        education=person.education,
        occupation=person.job,
        kind=MemberKind.FULL if person.category == FULL else MemberKind.PROBATIONARY,
        joined_on=person.joined,
        full_on=person.converted,
        phone=person.mobile,
        landline=person.landline,
        address=person.address,
        lost_contact=person.lost_since is not None,
        lost_on=person.lost_since,
        floating=bool(person.floating_to),
        floating_to=person.floating_to,
    )


def _new(person: Person, branch_id: int, taken: set[str], rng: Random) -> NewMember:
    exempt = person.born < years_before(AS_OF, 75) and rng.random() < 0.3
    return NewMember(
        branch_id,
        record(person),
        _account_name(person, taken),
        pledged_on=AS_OF if rng.random() < 0.97 else None,
        exempt_since=AS_OF if exempt else None,
    )


def _account_name(person: Person, taken: set[str]) -> str:
    """The first login name that nobody of `taken` has (F29, F30); adds it."""
    if person.mobile:
        return person.mobile  # phones of the sample are unique
    candidates = account_candidates(
        phone="", landline=person.landline, id_number=person.id_number, birth_date=person.born, today=AS_OF
    )
    name = next(candidate for candidate in candidates if candidate not in taken)
    taken.add(name)
    return name
