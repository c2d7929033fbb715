"""Whose people a branch's workbook holds: what its rows say in 所在党支部 against the branch that imports them (F22, F32)."""

from collections.abc import Iterable
from typing import NamedTuple

from organizations.enums import Nature, OrganizationState
from organizations.models import Organization
from organizations.queries import superior_paths
from organizations.queries.import_plan import ends_alike, split_path


class Others(NamedTuple):
    """foreign: texts that name another branch of the platform. unknown: texts that name none at all, such as the own
    branch's name in other words: only a person can tell."""

    foreign: set[str]
    unknown: set[str]


def other_branches(written: Iterable[str], own: Organization) -> Others:
    """Sort what rows say by whether it is the own branch. At most two queries, none if all rows name the own branch."""
    asked = {text: split_path(text) for text in set(written)}
    mine = [*_names_above(own), own.name]
    others = {text: parts for text, parts in asked.items() if parts and not ends_alike(mine, parts)}
    if not others:
        return Others(set(), set())
    branches = Organization.objects.filter(nature=Nature.BRANCH, state=OrganizationState.ACTIVE)
    known = set(
        branches.filter(name__in={parts[-1] for parts in others.values()}).values_list("name", flat=True)
    )
    foreign = {text for text, parts in others.items() if parts[-1] in known}
    return Others(foreign, others.keys() - foreign)


def _names_above(own: Organization) -> list[str]:
    names = dict(Organization.objects.filter(path__in=superior_paths(own.path)).values_list("path", "name"))
    return [names[path] for path in sorted(names)]
