"""/api/v1/: each app brings its own part."""

from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

urlpatterns = [
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
    # Split: its script is a file of its own, as the content security policy wants.
    path("docs/", SpectacularSwaggerSplitView.as_view(), name="api-docs"),
    path("", include("members.api.urls")),
    path("", include("organizations.api.urls")),
    path("", include("points.api.urls")),
    path("", include("meetings.api.urls")),
]
