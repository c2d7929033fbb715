"""Which branch a register means (F32): by name inside the account's scope, with superiors where names repeat."""

from collections import defaultdict
from collections.abc import Iterable

from accounts.models import Account
from organizations.enums import Nature, OrganizationState
from organizations.models import Organization
from organizations.queries import superior_paths
from organizations.queries.import_plan import ends_alike, split_path
from sanjin.common.masking import mask_numbers

EXAMPLES = 2


def branches_named(written: Iterable[str], account: Account) -> dict[str, int | str]:
    """What is written → the branch's pk, or the sentence that says why there is none and what to do. Two queries."""
    return Names(written, account).found


class Names:
    """Organisations of the scope that have one of the names, and the names above them."""

    def __init__(self, written: Iterable[str], account: Account) -> None:
        self._top = account.seat
        asked = {text: split_path(text) for text in written}
        known = Organization.objects.visible_to(account).exclude(state=OrganizationState.RECYCLED)
        names = {parts[-1] for parts in asked.values() if parts}
        rows = list(known.filter(name__in=names).only("pk", "path", "name", "nature", "state"))
        above = {path for row in rows for path in superior_paths(row.path)}
        self._names = dict(Organization.objects.filter(path__in=above).values_list("path", "name"))
        self._rows: dict[str, list[Organization]] = defaultdict(list)
        for row in rows:
            self._rows[row.name].append(row)
        self.found = {text: self._find(text, parts) for text, parts in asked.items()}

    def _find(self, text: str, parts: list[str]) -> int | str:
        if not parts:
            return "缺少所在党支部，请填写党员所在支部的全称"
        rows = [row for row in self._rows[parts[-1]] if ends_alike(self._above(row), parts[:-1])]
        branches = [row for row in rows if row.nature == Nature.BRANCH]
        active = [row for row in branches if row.state == OrganizationState.ACTIVE]
        if len(active) == 1:
            return active[0].pk
        shown = mask_numbers(text)[:40]
        if active:
            examples = "或".join(f"“{self._full(row)}”" for row in active[:EXAMPLES])
            return f"名为“{shown}”的支部有 {len(active)} 个，请连同上级一起写，用“/”分隔，如{examples}"
        if branches:
            return f"“{shown}”{branches[0].get_state_display()}，请改为党员现在所在的支部"
        if rows:
            return f"“{shown}”是{rows[0].get_nature_display()}，不是支部，请填写党员所在的支部"
        return f"在【{self._top.name}】及其下级中没有名为“{shown}”的支部，请核对名称，或先在组织管理中建立"

    def _above(self, row: Organization) -> list[str]:
        return [self._names[path] for path in superior_paths(row.path)]

    def _full(self, row: Organization) -> str:
        """The name with all superiors below the account's own organisation, or with the nearest if there is none."""
        inside = [path for path in superior_paths(row.path) if len(path) > len(self._top.path)]
        names = [self._names[path] for path in inside] or self._above(row)[-1:]
        return "/".join([*names, row.name])
