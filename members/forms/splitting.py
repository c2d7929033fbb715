"""A superior's register (F32)."""

from django import forms
from django.conf import settings

REPLACE, ADD = "replace", "add"


class SplitForm(forms.Form):
    file = forms.FileField(
        label="党员名册",
        error_messages={
            "required": "没有选择文件。请选择从全国党员管理信息系统导出的名册。",
            "empty": "文件是空的。请选择从全国党员管理信息系统导出的名册。",
        },
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
    )
    mode = forms.ChoiceField(
        label="支部还有未导入的名册时",
        choices=((REPLACE, "用新名册替换（上传整张名册）"), (ADD, "加在后面（只上传改正后的行）")),
        initial=REPLACE,
        help_text="已经导入的党员不受影响。",
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = (
            f"Excel工作簿（.xlsx），最大{settings.REGISTER_MAX_BYTES // 2**20} MB、{settings.REGISTER_MAX_ROWS:,}行。"
            "直接用系统导出的表，标题不用改，要有“所在党支部”一列。"
        )
