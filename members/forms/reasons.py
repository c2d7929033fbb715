"""Reasons for what is looked at later."""

from django import forms


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label="原因",
        max_length=200,
        error_messages={"required": "没有填写原因。请写明原因，会记入日志。"},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class AnswerForm(forms.Form):
    answer = forms.CharField(
        label="不能归还的原因",
        max_length=200,
        help_text="对方支部会看到，例如：号码确系本人使用，已电话核实。",
        error_messages={"required": "没有填写原因。请写明为什么不能归还，对方会看到。"},
    )
