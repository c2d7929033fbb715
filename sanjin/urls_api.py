"""/api/v1/: each app brings its own part."""

from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView

urlpatterns = [
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
    path("", include("members.api.urls")),
    path("", include("organizations.api.urls")),
    path("", include("points.api.urls")),
    path("", include("meetings.api.urls")),
]
