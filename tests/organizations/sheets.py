"""Workbooks made in tests."""

from io import BytesIO

from django.core.files.base import ContentFile
from openpyxl import Workbook

HEADINGS = ("组织名称", "上级组织", "部门性质", "部门类型", "成立日期", "联系电话", "地址")


def workbook(*rows, headings=HEADINGS) -> ContentFile:
    """Rows as an uploaded .xlsx; short rows are filled with nothing."""
    book = Workbook()
    book.active.append(list(headings))
    for row in rows:
        book.active.append(list(row))
    file = BytesIO()
    book.save(file)
    return ContentFile(file.getvalue(), "组织架构.xlsx")
