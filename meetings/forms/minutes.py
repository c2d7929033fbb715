"""The minutes."""

from django import forms

from meetings.validators import MINUTES_LONGEST
from sanjin.common.reasons import ReasonField


class MinutesForm(forms.Form):
    text = forms.CharField(
        label="会议纪要",
        max_length=MINUTES_LONGEST,
        widget=forms.Textarea(attrs={"rows": 16}),
        help_text="会议内容、讨论意见、形成的决议。提交后会议结束，不能再签到，积分随即入账。",
    )


class RevisionForm(MinutesForm):
    reason = ReasonField("修改说明", "写明改了什么、为什么改。")

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].help_text = "保存为新版本，之前的版本保留，可以对比。"
