"""Every address of the platform. The API's are in `urls_api`."""

from django.urls import include, path

urlpatterns = [
    path("", include("sanjin.common.health")),
    path("", include("workbench.urls")),
    path("", include("accounts.urls")),
    path("organizations/", include("organizations.urls")),
    path("members/", include("members.urls")),
    path("meetings/", include("meetings.urls")),
    path("points/", include("points.urls")),
    path("jobs/", include("sanjin.common.jobs.urls")),
    path("api/v1/", include("sanjin.urls_api")),
    path("app/", include("sanjin.app_page")),
    path("captcha/", include("captcha.urls")),
]
