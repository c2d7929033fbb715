"""Adding people, and reasons for what is looked at later."""

from django import forms
from django.urls import reverse

from meetings.models import Meeting
from meetings.queries.people import addable
from sanjin.common.reasons import ReasonField

from .pickers import MOST, PeopleField


class AddPeopleForm(forms.Form):
    """Members of the hosts who are not on the list yet."""

    members = PeopleField(label="加入名单的党员", help_text="只能选择主办组织的党员；加入后会收到会议通知。")

    def __init__(self, *args, meeting: Meeting, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["members"]
        field.queryset = addable(meeting).select_related("organization")
        shown = list(field.queryset.order_by("name_key", "pk")[: MOST + 1])
        url = reverse("meetings:find-people") if len(shown) > MOST else ""
        field.offer(shown[:MOST], url=url, with_branch=not meeting.organization.is_branch)


class ReasonForm(forms.Form):
    reason = ReasonField(help="会记入操作记录，上级可以查看。")
