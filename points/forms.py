"""Input of the root's form for a rule."""

from django import forms

from points.enums import Window
from sanjin.common.widgets import DayInput

WINDOWS = [("", "不限"), *Window.choices]


class RuleForm(forms.Form):
    """A new version of a rule: from when, what it pays, how far."""

    starts_on = forms.DateField(
        label="生效日期",
        widget=DayInput(),
        help_text="最早为明天；此前的行为仍按原规则积分。",
    )
    score = forms.DecimalField(
        label="分值", max_digits=6, decimal_places=1, help_text="扣分规则填负数，最多一位小数。"
    )
    points_cap = forms.DecimalField(
        label="积分上限", max_digits=6, decimal_places=1, min_value=0.1, required=False
    )
    points_window = forms.ChoiceField(label="积分上限的周期", choices=WINDOWS, required=False)
    times_cap = forms.IntegerField(label="次数上限", min_value=1, max_value=1000, required=False)
    times_window = forms.ChoiceField(label="次数上限的周期", choices=WINDOWS, required=False)
