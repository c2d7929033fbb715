"""What hangs below a county or a working committee: committees, general branches, branches of every type."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import cycle
from random import Random

from . import words
from .naming import CountyNames, ordinal
from .node import BRANCH, COMMITTEE, GENERAL, Node

# The order in which a county's committees come: first one of each type, so that a small sample has them all.
COUNTY_MENU = words.split(
    "街道 乡镇 社区 农村 机关 学校 国有企业 事业单位 非公企业 社会组织 其他 "
    "街道 乡镇 机关 学校 乡镇 社区 国有企业 农村 非公企业 乡镇 机关 事业单位"
)
# type of the committee or general branch above → types of its branches, in turn
BRANCH_TYPES = {
    "街道": "社区 社区 机关 社区 离退休 社区 联合支部 社区 社区 流动党员支部",
    "乡镇": "农村 农村 机关 农村 农村 流动党员支部 农村 农村 联合支部 农村",
    "社区": "社区 社区 社区 离退休",
    "农村": "农村 农村 农村 流动党员支部",
    "机关": "机关 机关 离退休 机关",
    "学校": "学校 学校 学校 离退休",
    "国有企业": "国有企业 国有企业 离退休 国有企业 临时支部",
    "事业单位": "事业单位 事业单位 离退休",
    "非公企业": "非公企业 联合支部 非公企业 流动党员支部",
    "社会组织": "社会组织 社会组织 联合支部",
    "其他": "其他 临时支部 其他",
    "工委": "机关 机关 离退休",
}
GENERAL_TYPE = {"街道": "社区", "乡镇": "农村", "工委": "机关"}
# How many branches a committee or general branch of a type draws, relative to the others.
PULL = {"街道": 9, "乡镇": 8}
_PLAIN = {
    "联合支部": "联合党支部",
    "流动党员支部": "流动党员党支部",
    "临时支部": "临时党支部",
    "离退休": "离退休党支部",
}


@dataclass(slots=True)
class Block:
    """A place below which grass roots grow: `root` is a county's committee or a working committee."""

    root: Node
    label: str
    menu: list[str]
    weight: float


@dataclass(frozen=True, slots=True)
class Share:
    """A block's part of the scale's numbers."""

    committees: int
    general_branches: int
    branches: int


def apportion(total: int, weights: list[float]) -> list[int]:
    """Whole numbers in the proportion of `weights` that add up to `total` exactly (largest remainders)."""
    whole = sum(weights)
    exact = [total * weight / whole for weight in weights]
    parts = [int(value) for value in exact]
    by_remainder = sorted(range(len(weights)), key=lambda place: (parts[place] - exact[place], place))
    for place in by_remainder[: total - sum(parts)]:
        parts[place] += 1
    return parts


def plant(block: Block, share: Share, rng: Random) -> None:
    """Grow `share` below the block's root."""
    names = CountyNames(rng, block.label)
    hosts = _committees(block, share.committees, names, rng)
    hosts += _general_branches(hosts or [block.root], share.general_branches, names, rng)
    hosts = hosts or [block.root]
    _branches(hosts, share.branches, names, rng)


def founded(rng: Random, since: int = 1950) -> date:
    return date(rng.randint(since, 2024), rng.randint(1, 12), rng.randint(1, 28))


def _child(parent: Node, name: str, nature: str, kind: str, base: str, rng: Random) -> Node:
    node = Node(name, nature, kind, parent.area, base, parent.dialling_code, founded(rng))
    return parent.add(node)


def _committees(block: Block, count: int, names: CountyNames, rng: Random) -> list[Node]:
    made: list[Node] = []
    latest: dict[str, Node] = {}
    menu = cycle(block.menu)
    for _ in range(count):
        kind = next(menu)
        # A village's committee hangs under a town, a community's under a street; the rest under the county.
        above = {"农村": "乡镇", "社区": "街道"}.get(kind, "")
        parent = latest.get(above, block.root)
        base = names.draw("高校" if kind == "学校" and block.root.type == "工委" else kind)
        if kind in ("街道", "乡镇"):
            base = block.label + base
        suffix = "党工委" if kind == "街道" else "党委"
        latest[kind] = _child(parent, base + suffix, COMMITTEE, kind, base, rng)
        made.append(latest[kind])
    return made


def _general_branches(hosts: list[Node], count: int, names: CountyNames, rng: Random) -> list[Node]:
    made: list[Node] = []
    numbers: Counter[Node] = Counter()
    for _, host in zip(range(count), cycle(hosts), strict=False):
        kind = GENERAL_TYPE.get(host.type, host.type)
        if host.type in ("街道", "乡镇"):
            base = names.draw(kind)
        else:
            base = host.base + _part(numbers[host], "片" if kind == "农村" else "区")
            numbers[host] += 1
        made.append(_child(host, base + "党总支", GENERAL, kind, base, rng))
    return made


def _part(number: int, unit: str) -> str:
    """东区, 西区, …: what a large unit is divided into."""
    sides = "东西南北中"
    turn, side = divmod(number, len(sides))
    return f"{sides[side]}{ordinal(turn + 1) if turn else ''}{unit}"


def _branches(hosts: list[Node], count: int, names: CountyNames, rng: Random) -> None:
    pull = [_pull(host) * rng.uniform(0.7, 1.3) for host in hosts]
    pull[0] *= 2  # the first is the one that the sample accounts look at
    shares = apportion(count, pull)
    for host, share in zip(hosts, shares, strict=True):
        _branches_of(host, share, names, rng)


def _pull(host: Node) -> float:
    return 7 if host.nature == GENERAL else PULL.get(host.type, 4)


def _branches_of(host: Node, count: int, names: CountyNames, rng: Random) -> None:
    kinds = cycle(BRANCH_TYPES[host.type].split())
    numbers: Counter[str] = Counter()
    planned = [next(kinds) for _ in range(count)]
    totals = Counter(planned)
    for kind in planned:
        numbers[kind] += 1
        name = _branch_name(host, kind, numbers[kind], totals[kind], names)
        _child(host, name, BRANCH, kind, name, rng)


def _branch_name(host: Node, kind: str, number: int, total: int, names: CountyNames) -> str:
    if host.type in ("街道", "乡镇") and host.nature == COMMITTEE and kind in ("社区", "农村"):
        return names.draw(kind) + "党支部"
    which = f"第{ordinal(number)}" if total > 1 else ""
    if kind in _PLAIN:
        return f"{host.base}{which}{_PLAIN[kind]}"
    inside = "机关" if kind == "机关" and host.type in ("街道", "乡镇") else ""
    return f"{host.base}{inside}{which}党支部"


def spread(nodes: Iterable[Node], members: int, rng: Random) -> None:
    """Give the branches among `nodes` exactly `members` people: most have 10 to 30, none below 3."""
    branches = [node for node in nodes if node.nature == BRANCH and not node.waiting]
    weights = [min(max(rng.lognormvariate(0, 0.45), 0.3), 2.8) for _ in branches]
    for branch, extra in zip(branches, apportion(members - 3 * len(branches), weights), strict=True):
        branch.members = 3 + extra
