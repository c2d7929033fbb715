"""The workbook that a branch imports."""

from django import forms


class ImportForm(forms.Form):
    file = forms.FileField(
        label="党员信息表",
        help_text="Excel工作簿（.xlsx），最大10 MB。可以是本页的模板，也可以是全国党员管理信息系统的导出表。",
        error_messages={
            "required": "没有选择文件。请选择填好的党员信息表。",
            "empty": "文件是空的。请选择填好的党员信息表。",
        },
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
    )
