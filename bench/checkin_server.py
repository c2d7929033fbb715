"""The site with one more address: the least that an authenticated write can be. Served by the same gunicorn."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sanjin.settings")

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.urls import include, path

application = get_wsgi_application()

from rest_framework.response import Response  # noqa: E402  apps must be ready first
from rest_framework.views import APIView  # noqa: E402  after django.setup()

from meetings.models import Meeting, UninvitedScan  # noqa: E402  as above


class BareView(APIView):
    """One SELECT by a unique index and one INSERT into a narrow table; the default authentication and permission."""

    def post(self, request):
        meeting = Meeting.objects.get(uuid=request.data["meeting"])
        UninvitedScan.objects.create(meeting=meeting, member=request.user.member)
        return Response({"result": "ok"}, status=201)


urlpatterns = [path("bare/", BareView.as_view()), path("", include("sanjin.urls"))]
settings.ROOT_URLCONF = __name__
