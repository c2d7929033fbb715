"""Where a workbook is chosen."""

from typing import Any

from django import forms

from sanjin.common.errors import RuleError
from sanjin.common.xlsx import Limits, check_upload


class WorkbookField(forms.FileField):
    """The workbook that is uploaded; what is none is refused at once, before a job begins."""

    def __init__(self, label: str = "Excel 表格", *, limits: Limits | None = None, **more: Any) -> None:
        super().__init__(
            label=label,
            widget=forms.FileInput(attrs={"accept": ".xlsx"}),
            error_messages={
                "required": "没有选择文件。请选择填好的 Excel 工作簿（.xlsx）。",
                "empty": "文件是空的，没有内容可读。请选择填好的 Excel 工作簿（.xlsx）。",
            },
            **more,
        )
        self.limits = limits

    def clean(self, data: Any, initial: Any = None) -> Any:
        """The file, at its beginning."""
        file = super().clean(data, initial)
        try:
            check_upload(file, self.limits)
        except RuleError as error:
            raise forms.ValidationError(error.message, code=error.code)
        return file
