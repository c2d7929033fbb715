"""Workbooks to try the imports with: a committee's structure and register, members of empty branches, and wrong rows."""

from collections.abc import Sequence
from pathlib import Path
from random import Random

from sanjin.common.xlsx import write_rows

from .grassroots import Block, Share, plant
from .node import COMMITTEE, Node
from .people import Person, people
from .rows import organisation_row, person_row
from .tree import Province

Row = dict[str, object]


def write_all(province: Province, seed: int, folder: Path) -> list[Path]:
    """Write every workbook of the sample into `folder`; returns the paths in the order to try them."""
    folder.mkdir(parents=True, exist_ok=True)
    committee = province.showcase.empty_committee
    structure = structure_rows(committee, seed)
    written = [
        write_book(folder / f"组织架构-{committee.name}.xlsx", structure),
        write_book(folder / f"组织架构-{committee.name}-含错误行.xlsx", spoiled_structure(structure)),
    ]
    for branch in province.showcase.waiting:
        rows = member_rows(branch, seed)
        written.append(write_book(folder / f"党员信息-{branch.name}.xlsx", rows))
    first, *others = province.showcase.waiting
    taken = next(people(province.showcase.branch, seed))
    spare = [row for branch in others for row in member_rows(branch, seed)]
    spoiled = member_rows(first, seed) + spoiled_members(spare, taken)
    written.append(write_book(folder / f"党员信息-{first.name}-含错误行.xlsx", spoiled))
    superior = province.showcase.committee
    register = register_rows(province.showcase.waiting, seed)
    written.append(write_book(folder / f"党员名册-{superior.name}.xlsx", register))
    return written


def structure_rows(committee: Node, seed: int) -> list[Row]:
    """14 organisations to hang below `committee`: parents come before their children."""
    stand_in = Node(committee.name, COMMITTEE, committee.type, committee.area, committee.base)
    rng = Random(f"{seed}:structure:{committee.name}")
    block = Block(stand_in, committee.base, ["社区"], weight=1)
    plant(block, Share(committees=1, general_branches=1, branches=12), rng)
    return [organisation_row(node) for node in stand_in.walk() if node is not stand_in]


def member_rows(branch: Node, seed: int) -> list[Row]:
    return [person_row(person) for person in people(branch, seed)]


def register_rows(branches: Sequence[Node], seed: int) -> list[Row]:
    """The committee's register of these branches, to be split (F32); the last row names a branch that isn't there."""
    rows = [{"所在党支部": branch.name} | row for branch in branches for row in member_rows(branch, seed)]
    return [*rows[:-1], rows[-1] | {"所在党支部": "名称写错的党支部"}]


def spoiled_structure(rows: Sequence[Row]) -> list[Row]:
    """The same with a wrong row of each kind among the good ones."""
    good = [dict(row) for row in rows]
    branch, other = [row for row in good if row["部门性质"] == "支部"][:2]
    wrong = [
        {"组织名称": ""},
        {"组织名称": "无上级党支部", "上级组织": "不存在的党委"},
        {"组织名称": "性质写错的党支部", "部门性质": "小组"},
        {"组织名称": "类型不符的党支部", "部门类型": "乡镇"},
        {"组织名称": "没有类型的党支部", "部门类型": ""},
        {"组织名称": "挂在支部下的党支部", "上级组织": other["组织名称"]},
        {"组织名称": branch["组织名称"]},
        {"组织名称": "日期写错的党支部", "成立日期": "2024年13月1日"},
    ]
    return good + [branch | change for change in wrong]


def spoiled_members(spare: Sequence[Row], taken: Person) -> list[Row]:
    """A wrong row of each kind, otherwise good: F22, F23, F28, F29 and the ID number that Excel rounded.

    `spare` are rows of people who are not in the file, `taken` is somebody of another branch.
    """
    young = [row for row in spare if row["手机号码"] and str(row["出生日期"]) > "1980"]
    same = str(young[0]["公民身份号码"])
    other_digit = str((int(same[-1].replace("X", "5")) + 1) % 10)
    wrong: list[Row] = [
        {"姓名": ""},
        {"姓名": "校验错", "公民身份号码": same[:-1] + other_digit},
        {"姓名": "数字格", "公民身份号码": int(same[:15] + "000")},
        {"姓名": "位数少", "公民身份号码": same[:-1]},
        {"姓名": "性别反", "性别": "女" if young[4]["性别"] == "男" else "男"},
        {"姓名": "空账号", "手机号码": "", "联系固定电话": ""},
        {"姓名": "号码短", "手机号码": "1540000"},
        {"姓名": "未入党", "加入党组织日期": ""},
        {"姓名": "日期反", "转正日期": "1990-01-01"},
        {"姓名": "类别错", "人员类别": "群众"},
        {"姓名": "号码占", "手机号码": taken.mobile},
        {"姓名": "人已在", "公民身份号码": taken.id_number, "性别": "", "出生日期": ""},
    ]
    return [row | change for row, change in zip(young, wrong, strict=False)]


def write_book(path: Path, rows: Sequence[Row]) -> Path:
    with write_rows(list(rows[0]), [list(row.values()) for row in rows], title="数据") as file:
        path.write_bytes(file.read())
    return path
