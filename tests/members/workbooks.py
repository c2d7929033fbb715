"""Member workbooks for tests: the template's headings, any rows."""

from datetime import date
from io import BytesIO

from openpyxl import Workbook

from members.member_sheet import SPEC

from . import factories

HEADINGS = [column.heading for column in SPEC.columns]


def line(**values) -> dict:
    """A good row by headings; `values` by headings replace or add."""
    usual = {
        "姓名": "李红梅",
        "公民身份号码": factories.id_number(born=date(1988, 3, 1)),
        "人员类别": "正式党员",
        "加入党组织日期": "2012-07-01",
        "转正日期": "2013-07-01",
        "手机号码": factories.phone(),
    }
    return usual | values


def workbook(*lines: dict, headings=None) -> bytes:
    book = Workbook()
    sheet = book.active
    headings = headings or HEADINGS
    sheet.append(headings)
    for each in lines:
        sheet.append([each.get(heading) for heading in headings])
    file = BytesIO()
    book.save(file)
    return file.getvalue()
