"""Giving somebody a post."""

from django import forms
from django.utils import timezone

from members.models import Post
from sanjin.common.widgets import DayInput


class AssignForm(forms.Form):
    """Posts of the catalogue that fit the organisation's nature (F36, F37)."""

    post = forms.ModelChoiceField(
        Post.objects.none(),
        label="职务",
        empty_label="请选择",
        error_messages={"required": "没有选择职务。请从列表中选择。"},
        help_text="列表由平台管理员按组织性质维护；没有需要的职务时，请联系平台管理员添加。",
    )
    since = forms.DateField(label="任职日期", initial=timezone.localdate, widget=DayInput())

    def __init__(self, *args, nature: str, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["post"].queryset = Post.objects.filter(nature=nature, active=True)
