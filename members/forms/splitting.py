"""A superior's register (F32)."""

from django import forms

from members.register_sheet import register_limits
from sanjin.common.imports.field import WorkbookField

REPLACE, ADD = "replace", "add"


class SplitForm(forms.Form):
    file = WorkbookField("党员名册")
    mode = forms.ChoiceField(
        label="支部还有未导入的名册时",
        choices=((REPLACE, "用新名册替换（上传整张名册）"), (ADD, "加在后面（只上传改正后的行）")),
        initial=REPLACE,
        help_text="已经导入的党员不受影响。",
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        limits = register_limits()
        self.fields["file"].limits = limits
        self.fields["file"].help_text = (
            f"Excel 工作簿（.xlsx），最大 {limits.bytes // 2**20} MB、{limits.rows:,} 行。"
            "直接用系统导出的表，标题不用改，要有“所在党支部”一列。"
        )
