"""The tree: province → cities → counties → committees → general branches → branches (rules.md §7)."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from random import Random

from . import divisions
from .grassroots import COUNTY_MENU, Block, Share, apportion, plant, spread
from .identity import PEOPLE_PER_AREA
from .node import BRANCH, COMMITTEE, GENERAL, Node
from .scales import Scale

SEED = 2026
_PROVINCIAL = (  # working committees beside the cities: name, label, what hangs below
    ("中共山西省直属机关工作委员会", "省", ["机关", "事业单位", "机关", "社会组织"]),
    ("中共山西省委教育工作委员会", "省", ["学校"]),
    ("中共山西省国有企业工作委员会", "省属", ["国有企业", "国有企业", "其他"]),
)
WAITING_MEMBERS = 20


@dataclass(frozen=True, slots=True)
class Showcase:
    """The organisations that the sample accounts belong to; all in the first county."""

    root: Node
    committee: Node
    general_branch: Node
    branch: Node
    empty_committee: Node
    waiting: list[Node]


@dataclass(frozen=True, slots=True)
class Province:
    nodes: list[Node]
    showcase: Showcase

    def branches(self) -> list[Node]:
        return [node for node in self.nodes if node.nature == BRANCH]


def grow(scale: Scale, seed: int = SEED) -> Province:
    """The whole tree in the order of its paths, with numbers of members, for one scale and seed."""
    rng = Random(f"{seed}:tree:{scale.name}")
    root, blocks = _upper(scale, rng)
    empty = _empty_committee(blocks[0])
    upper = sum(1 for _ in root.walk())
    shares = zip(
        apportion(scale.committees - upper, [block.weight for block in blocks]),
        apportion(scale.general_branches, [block.weight for block in blocks]),
        apportion(scale.branches, [block.weight for block in blocks]),
        strict=True,
    )
    for block, share in zip(blocks, shares, strict=True):
        plant(block, Share(*share), rng)
    showcase = _showcase(root, blocks[0].root, empty, scale)
    nodes = list(root.walk())
    spread(nodes, scale.members, rng)
    _number(nodes)
    return Province(nodes, showcase)


def _upper(scale: Scale, rng: Random) -> tuple[Node, list[Block]]:
    """Province, cities, all 117 counties, working committees; and the blocks that grass roots grow from."""
    root = Node("中共山西省委员会", COMMITTEE, "省委", "140105", "山西省", founded=date(1949, 9, 1))
    blocks: list[Block] = []
    others: list[Block] = []
    for city in divisions.load():
        city_node = root.add(_upper_node("市委", city.name, city.counties[0].code, city.dialling_code))
        organs = city_node.add(_upper_node("工委", city.name, city_node.area, city.dialling_code))
        for turn, county in enumerate(city.counties):
            node = city_node.add(_upper_node("县委", county.full_name, county.code, city.dialling_code))
            block = Block(node, county.name, COUNTY_MENU, rng.uniform(0.6, 1.6))
            (blocks if turn == 0 else others).append(block)
        others.append(Block(organs, city.name, ["机关", "事业单位"], 0.4))
    blocks = (blocks + others)[: scale.counties] if scale.counties < 117 else blocks + others
    if scale.counties > 1:
        blocks += _provincial(root)
    blocks[0].weight = max(block.weight for block in blocks) * (3 if scale.counties < 117 else 1)
    return root, blocks


def _upper_node(kind: str, label: str, area: str, dialling_code: str) -> Node:
    name = f"中共{label}直属机关工作委员会" if kind == "工委" else f"中共{label}委员会"
    return Node(name, COMMITTEE, kind, area, label, dialling_code)


def _provincial(root: Node) -> list[Block]:
    made = []
    for name, label, menu in _PROVINCIAL:
        node = root.add(Node(name, COMMITTEE, "工委", "140106", label))
        made.append(Block(node, label, menu, 0.5))
    return made


def _empty_committee(block: Block) -> Node:
    """A committee with nothing below it, for trying the import of a structure."""
    county = block.root
    name = f"{block.label}汾东新区街道"
    node = Node(f"{name}党工委", COMMITTEE, "街道", county.area, name, county.dialling_code, date(2025, 3, 1))
    return county.add(node)


def _showcase(root: Node, county: Node, empty: Node, scale: Scale) -> Showcase:
    """Pick the organisations of the sample accounts; empty the branches that a reader will fill by import."""
    street = next(node for node in county.children if node.type == "街道" and node is not empty)
    general = next(node for node in street.children if node.nature == GENERAL)
    own = [node for node in street.children if node.nature == BRANCH]
    waiting = own[-scale.waiting :]
    for node in waiting:
        node.waiting = WAITING_MEMBERS
    return Showcase(root, street, general, own[0], empty, waiting)


def _number(nodes: list[Node]) -> None:
    """Number organisations and people; people of one area get one range of its indexes (identity.py)."""
    in_area: Counter[str] = Counter()
    total = 0
    for number, node in enumerate(nodes):
        node.number = number
        node.first_person, node.first_number = in_area[node.area], total
        in_area[node.area] += node.people
        total += node.people
    assert max(in_area.values()) <= PEOPLE_PER_AREA
