"""/api/v1/: each app brings its own part."""

from django.urls import include, path

from .api_docs import DocsPage, SchemaView

urlpatterns = [
    path("schema/", SchemaView.as_view(), name="schema"),
    path("docs/", DocsPage.as_view(), name="api-docs"),
    path("", include("members.api.urls")),
    path("", include("organizations.api.urls")),
    path("", include("points.api.urls")),
    path("", include("meetings.api.urls")),
]
