"""Workbooks to try the imports with: a committee's structure, members of empty branches, and wrong rows."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from random import Random

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from .grassroots import Block, Share, plant
from .node import COMMITTEE, Node
from .people import people
from .rows import organisation_row, person_row
from .tree import Province

Row = dict[str, object]


def write_all(province: Province, seed: int, folder: Path) -> list[Path]:
    """Write every workbook of the sample into `folder`; returns the paths in the order to try them."""
    folder.mkdir(parents=True, exist_ok=True)
    committee = province.showcase.empty_committee
    structure = structure_rows(committee, seed)
    written = [
        write_rows(folder / f"组织架构-{committee.name}.xlsx", structure),
        write_rows(folder / f"组织架构-{committee.name}-含错误行.xlsx", spoiled_structure(structure)),
    ]
    for branch in province.showcase.waiting:
        rows = member_rows(branch, seed)
        written.append(write_rows(folder / f"党员信息-{branch.name}.xlsx", rows))
    first = province.showcase.waiting[0]
    taken = next(people(province.showcase.branch, seed))
    spoiled = spoiled_members(member_rows(first, seed), taken.mobile, taken.id_number)
    written.append(write_rows(folder / f"党员信息-{first.name}-含错误行.xlsx", spoiled))
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


def spoiled_structure(rows: Sequence[Row]) -> list[Row]:
    """The same with a wrong row of each kind among the good ones."""
    good = [dict(row) for row in rows]
    branch = next(row for row in good if row["部门性质"] == "支部")
    name = branch["组织名称"]
    wrong = [
        {"组织名称": ""},
        {"组织名称": "无上级党支部", "上级组织": "不存在的党委"},
        {"组织名称": "性质写错的党支部", "部门性质": "小组"},
        {"组织名称": "类型不符的党支部", "部门类型": "乡镇"},
        {"组织名称": "没有类型的党支部", "部门类型": ""},
        {"组织名称": "挂在支部下的党支部", "上级组织": name},
        {"组织名称": name},
        {"组织名称": "日期写错的党支部", "成立日期": "2024年13月1日"},
    ]
    return good + [branch | change for change in wrong]


def spoiled_members(rows: Sequence[Row], taken_mobile: str, taken_id: str) -> list[Row]:
    """The same with a wrong row of each kind: F22, F23, F28, F29 and the ID number that Excel rounded."""
    good = [dict(row) for row in rows]
    young = next(row for row in good if row["手机号码"] and str(row["出生日期"]) > "1980")
    id_number = str(young["公民身份号码"])
    digits = "0123456789"
    other_digit = digits[(digits.find(id_number[-1]) + 1) % 10]
    wrong = [
        {"姓名": ""},
        {"姓名": "校验错", "公民身份号码": id_number[:-1] + other_digit},
        {"姓名": "数字格", "公民身份号码": int(id_number[:15] + "000")},
        {"姓名": "位数少", "公民身份号码": id_number[:-1]},
        {"姓名": "重复行", "公民身份号码": id_number},
        {"姓名": "空账号", "手机号码": "", "联系固定电话": ""},
        {"姓名": "号码短", "手机号码": "1540000"},
        {"姓名": "号码占", "手机号码": taken_mobile},
        {"姓名": "人已在", "公民身份号码": taken_id},
        {"姓名": "未入党", "加入党组织日期": ""},
        {"姓名": "日期反", "转正日期": "1990-01-01"},
        {"姓名": "类别错", "人员类别": "群众"},
    ]
    return good + [young | change for change in wrong]


def write_rows(path: Path, rows: Iterable[Row]) -> Path:
    """One sheet with a heading row; text stays text, so that no ID number loses its last digits."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("数据")
    for number, row in enumerate(rows):
        if number == 0:
            sheet.append(list(row))
        sheet.append([_cell(sheet, value) for value in row.values()])
    book.save(path)
    return path


def _cell(sheet, value: object) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, value)
    if isinstance(value, str):
        cell.number_format = "@"
    return cell
