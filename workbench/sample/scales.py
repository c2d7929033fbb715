"""How large a sample is. Numbers of organisations and members are exact; `waiting` comes on top of them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scale:
    """One size of the province.

    `committees` counts every 党委 of the tree, those of province, cities and counties too. `counties` of the
    117 have organisations below them. `waiting` branches are empty: their members lie in workbooks, to try
    the import with.
    """

    name: str
    counties: int
    committees: int
    general_branches: int
    branches: int
    members: int
    waiting: int

    @property
    def organisations(self) -> int:
        return self.committees + self.general_branches + self.branches


TINY = Scale("tiny", counties=1, committees=160, general_branches=12, branches=60, members=600, waiting=2)
DEMO = Scale("demo", counties=12, committees=210, general_branches=48, branches=300, members=6_000, waiting=4)
PROVINCE = Scale(
    "province",
    counties=117,
    committees=17_000,
    general_branches=9_000,
    branches=130_000,
    members=2_400_000,
    waiting=4,
)

SCALES = {scale.name: scale for scale in (TINY, DEMO, PROVINCE)}
