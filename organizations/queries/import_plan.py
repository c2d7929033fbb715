"""What an import of organisations would do: every row finds its superior, in the tree or in the same file, in any order.

Rows that can't be imported are named in the sheet's errors; the rest come out with parents before children.
"""

import re
from collections import defaultdict, deque
from dataclasses import dataclass, field

from organizations.enums import CHILDREN, Nature, labels_below
from organizations.models import Organization, OrganizationType
from organizations.structure_sheet import SEPARATORS
from sanjin.common.xlsx import Row, Sheet

from .ancestry import superior_paths

_SEPARATOR = re.compile(f"[{re.escape(SEPARATORS)}]")


@dataclass(eq=False)
class Planned:
    """A row on its way to become an organisation. parent: an existing one, or another planned row."""

    row: Row
    name: str
    asked: list[str]  # the superior as written, from the top
    parent: "Organization | Planned | None" = None
    type: OrganizationType | None = None
    children: list["Planned"] = field(default_factory=list)

    @property
    def nature(self) -> str:
        return self.row["nature"] or ""

    def __str__(self) -> str:
        return self.name


class Plan:
    """plan.good: rows to import, parents first. plan.there: rows whose organisation stands already, and that bring nothing
    new. Errors are in the sheet."""

    def __init__(self, sheet: Sheet, top: Organization) -> None:
        self.sheet, self.top = sheet, top
        self.rows = [
            Planned(row, " ".join((row["name"] or "").split()), split_path(row["parent"]))
            for row in sheet.rows
            if row.number not in sheet.repeats  # refused for that, and its first says all that it says
        ]
        self._by_name: dict[str, list[Planned]] = defaultdict(list)
        for planned in self.rows:
            self._by_name[planned.name].append(planned)
        self._known = Known(top, {p.asked[-1] for p in self.rows if p.asked})
        self._state: dict[Planned, bool | None] = {}  # None: being resolved; a row met twice is a cycle
        self._types = {(t.nature, t.name): t for t in OrganizationType.objects.filter(active=True)}
        self.good: list[Planned] = []
        self.there: list[Row] = []
        self._check()

    def _check(self) -> None:
        for planned in self.rows:
            self._check_type(planned)
        for planned in self.rows:
            self._resolve(planned)
        self._leave_out_existing()
        self._check_names()
        self._order()

    def _refuse(self, planned: Planned, key: str | None, reason: str) -> None:
        self.sheet.refuse(planned.row, key, reason)

    def _bad(self, planned: Planned) -> bool:
        return self.sheet.is_bad(planned.row)

    def _check_type(self, planned: Planned) -> None:
        nature, name = planned.nature, planned.row["type"]
        if not (nature and name):
            return
        planned.type = self._types.get((nature, name))
        if planned.type is None:
            allowed = "、".join(t.name for (n, _), t in self._types.items() if n == nature)
            self._refuse(planned, "type", f"“{name}”不是{Nature(nature).label}的类型，可选：{allowed}")

    def _resolve(self, planned: Planned) -> None:
        """Find the superior, its own superior first. Recursion is as deep as the tree, or ends at a cycle."""
        stack = [planned]
        while stack:
            current = stack[-1]
            if current in self._state:
                stack.pop()
                if self._state[current] is None:
                    self._settle(current)
                continue
            self._state[current] = None
            for candidate in self._candidates(current):
                if candidate not in self._state:
                    stack.append(candidate)

    def _candidates(self, planned: Planned) -> list[Planned]:
        if not planned.asked:
            return []
        rows = self._by_name.get(planned.asked[-1], [])
        return [row for row in rows if row is not planned and ends_alike(row.asked, planned.asked[:-1])]

    def _settle(self, planned: Planned) -> None:
        self._state[planned] = True
        if not planned.asked:
            return
        existing = self._known.find(planned.asked)
        rows = [row for row in self._candidates(planned) if not self._exists(row)]
        found: list[Organization | Planned] = [*existing, *rows]
        written = "/".join(planned.asked)
        if len(found) == 1:
            planned.parent = found[0]
            self._check_place(planned, found[0])
        elif found:
            self._refuse(
                planned, "parent", f"名为“{written}”的上级组织有 {len(found)} 个，请写完整路径，用“/”分隔"
            )
        elif planned.asked[-1] == planned.name:
            self._refuse(planned, "parent", "上级组织是它自己，请填写它的上级")
        else:
            self._refuse(
                planned,
                "parent",
                f"在“{self.top}”及其下级、本表中都没有找到“{written}”，请核对名称或先添加它",
            )

    def _exists(self, planned: Planned) -> bool:
        """This row repeats an organisation that already stands below the same superior."""
        return isinstance(planned.parent, Organization) and self._known.has_child(
            planned.parent, planned.name
        )

    def _check_place(self, planned: Planned, parent: Organization | Planned) -> None:
        nature = planned.nature
        if nature and parent.nature and nature not in CHILDREN[Nature(parent.nature)]:
            allowed = labels_below(parent.nature)
            above = f"{Nature(parent.nature).label}“{parent}”"
            if allowed:
                self._refuse(planned, "nature", f"{above}的下级只能是{allowed}，请核对部门性质")
            else:  # nothing at all may stand below it: its own nature is no fault
                self._refuse(planned, "parent", f"{above}下面不能有组织，请填写它上面的党委或党总支")

    def _leave_out_existing(self) -> None:
        """A row whose organisation stands below that superior already needs no import, whatever else is wrong with it.
        One of another nature is no such row: which of the two is meant, a person must say."""
        there = {p.row.number for p in self.rows if self._exists(p) and not self._other_nature(p)}
        there |= {number for number, first in self.sheet.repeats.items() if first in there}
        self.there = [row for row in self.sheet.rows if row.number in there]
        self.sheet.leave_out(there)
        self.rows = [planned for planned in self.rows if planned.row.number not in there]

    def _other_nature(self, planned: Planned) -> bool:
        assert isinstance(planned.parent, Organization)
        return planned.nature not in ("", self._known.nature_of_child(planned.parent, planned.name))

    def _refuse_other_nature(self, planned: Planned, parent: Organization) -> None:
        nature = Nature(self._known.nature_of_child(parent, planned.name)).label
        self._refuse(
            planned,
            "nature",
            f"“{parent}”下已有同名的{nature}，请核对部门性质；性质有变化的，请在该组织的页面变更",
        )

    def _check_names(self) -> None:
        first_at: dict[tuple, Planned] = {}
        for planned in self.rows:
            parent = planned.parent
            if parent is None or not planned.name:
                continue
            if isinstance(parent, Organization) and self._known.has_child(parent, planned.name):
                self._refuse_other_nature(planned, parent)
                continue
            first = first_at.setdefault(
                (parent if isinstance(parent, Planned) else parent.pk, planned.name), planned
            )
            if first is not planned:
                self._refuse(planned, "name", f"与第 {first.row.number} 行重名（同一上级组织下）")

    def _order(self) -> None:
        """Parents first; a row below a bad row is bad, and so is a ring of rows that name each other."""
        queue: deque[Planned] = deque()
        for planned in self.rows:
            if isinstance(planned.parent, Planned):
                planned.parent.children.append(planned)
            elif planned.parent is not None:
                queue.append(planned)
        reached = set()
        while queue:
            planned = queue.popleft()
            reached.add(planned)
            parent = planned.parent
            if isinstance(parent, Planned) and self._bad(parent):
                self._refuse(
                    planned, "parent", f"上级组织“{parent}”（第 {parent.row.number} 行）有误，请先改正它"
                )
            if not self._bad(planned):
                self.good.append(planned)
            queue.extend(planned.children)
        for planned in self.rows:
            if planned not in reached and planned.parent is not None:
                self._refuse_unreached(planned)

    def _refuse_unreached(self, planned: Planned) -> None:
        seen: set[Planned] = set()
        step: Organization | Planned | None = planned
        while isinstance(step, Planned) and step not in seen:
            seen.add(step)
            step = step.parent
        if isinstance(step, Planned):
            names = "、".join(f"第 {p.row.number} 行" for p in sorted(seen, key=lambda p: p.row.number)[:5])
            self._refuse(planned, "parent", f"上级关系形成了循环（{names}），请改正其中一行的上级组织")
        else:
            self._refuse(planned, "parent", "上级组织所在的行有误，请先改正它")


class Known:
    """The existing organisations that the file's superiors may mean, loaded in three queries whatever the size."""

    def __init__(self, top: Organization, names: set[str]) -> None:
        scope = Organization.objects.active().below(top)
        self._by_name: dict[str, list[Organization]] = defaultdict(list)
        rows = list(scope.filter(name__in=names).only("pk", "path", "name", "nature", "depth", "state"))
        for row in rows:
            self._by_name[row.name].append(row)
        above = {path for row in rows for path in superior_paths(row.path)}
        self._names = dict(Organization.objects.filter(path__in=above).values_list("path", "name"))
        self._children: dict[int, dict[str, str]] = {}  # parent → name → nature
        self._load_children(rows)

    def find(self, asked: list[str]) -> list[Organization]:
        """Those whose name, and names above, end as it is written."""
        return [row for row in self._by_name.get(asked[-1], []) if ends_alike(self._above(row), asked[:-1])]

    def _above(self, row: Organization) -> list[str]:
        return [self._names[path] for path in superior_paths(row.path)]

    def _load_children(self, parents: list[Organization]) -> None:
        wanted = {row.path: row.pk for row in parents}
        if not wanted:
            return
        self._children = {pk: {} for pk in wanted.values()}
        step = Organization.steplen
        depths = {len(path) // step + 1 for path in wanted}
        rows = Organization.objects.active().below(self._common(wanted)).filter(depth__in=depths)
        for path, name, nature in rows.values_list("path", "name", "nature"):
            if (pk := wanted.get(path[:-step])) is not None:
                self._children[pk][name] = nature

    @staticmethod
    def _common(paths: dict[str, int]) -> Organization:
        """A stand-in whose subtree holds all the paths."""
        low, high = min(paths), max(paths)
        same = next((i for i, (a, b) in enumerate(zip(low, high, strict=False)) if a != b), len(low))
        return Organization(path=low[: same - same % Organization.steplen])

    def has_child(self, parent: Organization, name: str) -> bool:
        return name in self._children.get(parent.pk, ())

    def nature_of_child(self, parent: Organization, name: str) -> str:
        """Of the child with this name, which there is."""
        return self._children[parent.pk][name]


def split_path(text: str | None) -> list[str]:
    """A superior as people write it, `山西省委/太原市委`, as names from the top."""
    parts = [" ".join(part.split()) for part in _SEPARATOR.split(text or "")]
    return [part for part in parts if part]


def ends_alike(longer: list[str], asked: list[str]) -> bool:
    """Whether both end with the same names, as far as both go."""
    return all(a == b for a, b in zip(reversed(longer), reversed(asked), strict=False))
