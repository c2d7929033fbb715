"""Who of a register is a member of the very branch already (F32): such a row brings the branch no work."""

from collections.abc import Hashable, Iterable, Iterator
from itertools import islice
from typing import TypeVar

from members.validators.taken import Holder
from members.validators.text import compact
from sanjin.common.sealing import blind_index

from .holders import holders_of

AT_ONCE = 20_000
Key = TypeVar("Key", bound=Hashable)


def already_here(rows: Iterable[tuple[Key, int, str]]) -> set[Key]:
    """rows: (key, branch's pk, ID number as written) → the keys of those whose person is a member of that branch and not
    in its recycle bin. One query for each `AT_ONCE` rows."""
    return {key for key, _ in members_here(rows)}


def members_here(rows: Iterable[tuple[Key, int, str]]) -> Iterator[tuple[Key, Holder]]:
    """The same, each with the member that its person is."""
    left = iter(rows)
    while some := list(islice(left, AT_ONCE)):
        asked = [
            (key, branch, blind_index(number))
            for key, branch, text in some
            if (number := compact(text).upper())
        ]
        holders = holders_of("id_number", [index for _, _, index in asked])
        for key, branch, index in asked:
            if index in holders and holders[index].organization_id == branch:
                yield key, holders[index]
