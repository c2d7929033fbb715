"""What the pages of one meeting share."""

from functools import cached_property
from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse

from meetings.actions.guards import must_manage
from meetings.models import Meeting
from meetings.permissions import can_manage
from meetings.queries.lists import for_admin
from meetings.queries.people import listed
from members.models import Member
from sanjin.common.pages import ActionPage, AdminPage


class OfMeeting(AdminPage):
    """`meeting` is the only way to the row: what the admin may see, else 404. `manages = True`: the calling
    organisation's admin only; superiors, who read, get 403 with a sentence that names who may."""

    manages = False

    @cached_property
    def meeting(self) -> Meeting:
        return get_object_or_404(for_admin(self.account), uuid=self.kwargs["uuid"])

    def guard(self) -> None:
        if self.manages:
            must_manage(self.meeting, self.account)

    @cached_property
    def may_manage(self) -> bool:
        return can_manage(self.account, self.meeting)

    @property
    def back(self) -> str:
        return reverse("meetings:detail", args=[self.meeting.uuid])


class MeetingAction(OfMeeting, ActionPage):
    """A form about one meeting that calls one action and goes back to its page."""

    manages = True
    template_name = "meetings/action.html"

    def get_success_url(self) -> str:
        return self.back

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        mine = {"meeting": self.meeting, "cancel_url": self.back}
        return super().get_context_data(**(mine | context))


class PersonAction(MeetingAction):
    """The same about one participant."""

    @cached_property
    def person(self) -> Member:
        return get_object_or_404(listed(self.meeting), uuid=self.kwargs["member"])

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(**({"person": self.person} | context))
