"""One organisation of the sample, before it is a row."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

COMMITTEE, GENERAL, BRANCH = "党委", "党总支", "支部"


@dataclass(slots=True, eq=False)
class Node:
    """An organisation with its place in the tree.

    `base` is the name without 党委 or 党支部, from which the names below it are made. `members` are loaded,
    `waiting` ones are only in workbooks. `first_person` counts people within `area` (see identity.py) and
    `first_number` within the province.
    """

    name: str
    nature: str
    type: str
    area: str
    base: str = ""
    dialling_code: str = "0351"
    founded: date = date(1949, 10, 1)
    members: int = 0
    waiting: int = 0
    number: int = 0
    first_person: int = 0
    first_number: int = 0
    parent: "Node | None" = None
    children: "list[Node]" = field(default_factory=list)

    def add(self, child: "Node") -> "Node":
        child.parent = self
        self.children.append(child)
        return child

    def walk(self) -> Iterator["Node"]:
        """This organisation and all below it, parents first, in the order of the tree's paths."""
        stack = [self]
        while stack:
            node = stack.pop()
            yield node
            stack.extend(reversed(node.children))

    @property
    def people(self) -> int:
        return self.members + self.waiting
