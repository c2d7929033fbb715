"""The tree as rows: organisations and their standing (nature and type with dates)."""

import uuid
from collections.abc import Iterator
from datetime import date
from random import Random

from django.utils import timezone

from organizations.enums import Nature
from organizations.models import Organization, OrganizationType, Standing
from sanjin.common.pinyin import search_key

from ..node import BRANCH, Node
from ..words import split
from .copying import copy_rows, reset_sequences

COLUMNS = split(
    "id path depth numchild uuid name search nature type_id founded_on term_ends_on phone address"
)
STANDING_COLUMNS = ["organization_id", "nature", "type_id", "in_force"]
_TERM_YEARS = 5


def load(nodes: list[Node], seed: int) -> None:
    """Copy the tree. An organisation's id is its number + 1, so that no id has to be read back."""
    types = {(Nature(kind.nature).label, kind.name): kind for kind in OrganizationType.objects.all()}
    copy_rows(Organization, COLUMNS, _organizations(nodes, types, seed))
    copy_rows(Standing, STANDING_COLUMNS, _standings(nodes, types))
    reset_sequences(Organization)


def organization_id(node: Node) -> int:
    return node.number + 1


def paths(nodes: list[Node]) -> list[str]:
    """The materialised path of each node; parents come before their children."""
    made: list[str] = []
    places: list[int] = [0] * len(nodes)
    for node in nodes:
        above = ""
        if node.parent:
            above = made[node.parent.number]
            places[node.parent.number] += 1
        place = places[node.parent.number] if node.parent else 1
        made.append(Organization._get_path(above, len(above) // Organization.steplen + 1, place))
    return made


def _organizations(nodes: list[Node], types: dict, seed: int) -> Iterator[tuple]:
    rng = Random(f"{seed}:organizations")
    today = timezone.localdate()
    for node, path in zip(nodes, paths(nodes), strict=True):
        kind = types[node.nature, node.type]
        yield (
            organization_id(node),
            path,
            len(path) // Organization.steplen,
            len(node.children),
            uuid.UUID(int=rng.getrandbits(128), version=4),
            node.name,
            search_key(node.name),
            kind.nature,
            kind.id,
            node.founded,
            _term_end(today, rng),
            f"{node.dialling_code}-1{rng.randrange(10**6):06d}",
            f"{node.base}办公楼" if node.nature != BRANCH else "",
        )


def _term_end(today: date, rng: Random) -> date:
    """Somewhere in this year or the next four; a few have passed already, as it is in life."""
    return date(today.year + rng.randrange(_TERM_YEARS), rng.randint(1, 12), 28)


def _standings(nodes: list[Node], types: dict) -> Iterator[tuple]:
    for node in nodes:
        kind = types[node.nature, node.type]
        yield organization_id(node), kind.nature, kind.id, f"[{node.founded},)"
