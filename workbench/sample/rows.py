"""Organisations and people as rows of the two import templates: dictionaries from heading to text."""

from .node import Node
from .people import Person


def organisation_row(node: Node) -> dict[str, str]:
    return {
        "组织名称": node.name,
        "上级组织": node.parent.name if node.parent else "",
        "部门性质": node.nature,
        "部门类型": node.type,
        "成立日期": node.founded.isoformat(),
        "联系电话": f"{node.dialling_code}-1{node.founded.toordinal() % 10**6:06d}",
        "地址": f"{node.base}办公楼",
    }


def person_row(person: Person) -> dict[str, str]:
    """One row as the national register exports it: dates as text, absent values empty."""
    return {
        "姓名": person.name,
        "公民身份号码": person.id_number,
        "性别": person.sex,
        "民族": person.ethnicity,
        "出生日期": person.born.isoformat(),
        "学历": person.education,
        "人员类别": person.category,
        "加入党组织日期": person.joined.isoformat(),
        "转正日期": person.converted.isoformat() if person.converted else "",
        "工作岗位": person.job,
        "手机号码": person.mobile,
        "联系固定电话": person.landline,
        "家庭住址": person.address,
        "党籍状态": "正常",
        "是否失联": "是" if person.lost_since else "否",
        "失联日期": person.lost_since.isoformat() if person.lost_since else "",
        "是否流动党员": "是" if person.floating_to else "否",
        "外出流向": person.floating_to,
    }
