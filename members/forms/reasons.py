"""Reasons for what is looked at later; the actions say whether they are enough."""

from django import forms

from sanjin.common.reasons import ReasonField


class ReasonForm(forms.Form):
    reason = ReasonField()


class AnswerForm(forms.Form):
    reason = ReasonField("不能归还的原因", "对方支部会看到，例如：号码确系本人使用，已电话核实。")


class RecycleForm(forms.Form):
    reason = ReasonField()

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **({"auto_id": "recycle-%s"} | kwargs))  # the page has another reason to type


class DeclineForm(forms.Form):
    reason = ReasonField("退回的原因", "上级会看到，例如：有 5 人不是本支部的；2 人已转出。")
