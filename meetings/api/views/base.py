"""What the views share: the meeting of the address, within what the member may see."""

from uuid import UUID

from django.shortcuts import get_object_or_404
from rest_framework.response import Response
from rest_framework.views import APIView

from meetings.actions.guards import must_manage
from meetings.api.serializers import MeetingDetail
from meetings.models import Meeting
from meetings.queries.lists import for_member
from meetings.queries.people import counts, listed
from members.models import Member


class MeetingApi(APIView):
    """`seen()` and `managed()` are the only ways to a meeting: 404 equals absence."""

    def seen(self, uuid: UUID) -> Meeting:
        """A meeting that the member may see, with the member's own part in it."""
        return get_object_or_404(for_member(self.request.user).select_related("organization"), uuid=uuid)

    def managed(self, uuid: UUID) -> Meeting:
        """A meeting that the member organises; RuleError `not_organiser` (403) for others who may see it."""
        meeting = self.seen(uuid)
        must_manage(meeting, self.request.user)
        return meeting

    def person(self, meeting: Meeting, uuid: UUID) -> Member:
        """A participant by id; somebody who is not in this meeting is not found."""
        return get_object_or_404(listed(meeting), uuid=uuid)

    def detail(self, uuid: UUID, status: int = 200) -> Response:
        """The meeting as it is now."""
        meeting = self.seen(uuid)
        return Response(MeetingDetail(meeting, context={"counts": counts(meeting)}).data, status=status)
