"""Why somebody did what will be looked at later."""

from django import forms

from .errors import RuleError

LONGEST = 200


def check_reason(reason: str, todo: str = "请写明原因，会记入操作记录。", *, least: int = 2) -> str:
    """The reason as it is kept. todo: what to write and who sees it. least: so many characters.

    RuleError `reason_required` on the field reason.
    """
    reason = reason.strip()
    if len(reason) < least:
        raise RuleError("reason_required", f"没有填写原因。{todo}", field="reason")
    return reason[:LONGEST]


class ReasonField(forms.CharField):
    """Where a reason is typed. Whether it is enough, the action says (`check_reason`), for the page as for the API;
    `required` only marks the field."""

    def __init__(self, label: str = "原因", help: str = "", *, required: bool = True) -> None:
        widget = forms.TextInput(attrs={"autocomplete": "off"})
        super().__init__(
            label=label, help_text=help, required=required, max_length=LONGEST, widget=widget, empty_value=""
        )

    def validate(self, value: str) -> None:
        """Nothing: an empty one is the action's to refuse."""
