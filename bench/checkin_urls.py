"""The site's addresses and one more: the least that an authenticated write can be."""

from django.urls import include, path
from rest_framework.response import Response
from rest_framework.views import APIView

from meetings.models import Meeting, UninvitedScan


class BareView(APIView):
    """One SELECT by a unique index and one INSERT into a narrow table; the default authentication and permission."""

    def post(self, request):
        meeting = Meeting.objects.get(uuid=request.data["meeting"])
        UninvitedScan.objects.create(meeting=meeting, member=request.user.member)
        return Response({"result": "ok"}, status=201)


urlpatterns = [path("bare/", BareView.as_view()), path("", include("sanjin.urls"))]
