"""The workbook that a branch imports."""

from django import forms

from sanjin.common.imports.field import WorkbookField


class ImportForm(forms.Form):
    file = WorkbookField(
        help_text="Excel 工作簿（.xlsx），最大 10 MB。可以是本页的模板，也可以是全国党员管理信息系统的导出表。"
    )
