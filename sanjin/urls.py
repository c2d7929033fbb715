"""Every address of the platform. The API's are in `urls_api`."""

from captcha.views import captcha_image
from django.urls import include, path

urlpatterns = [
    path("", include("sanjin.common.health")),
    path("", include("workbench.urls")),
    path("", include("accounts.urls")),
    path("organizations/", include("organizations.urls")),
    path("members/", include("members.urls")),
    path("meetings/", include("meetings.urls")),
    path("points/", include("points.urls")),
    path("search/", include("sanjin.common.search.urls")),
    path("jobs/", include("sanjin.common.jobs.urls")),
    path("api/v1/", include("sanjin.urls_api")),
    path("app/", include("sanjin.app_page")),
    # Only the picture: the package's own refresh makes challenges that belong to nobody.
    path("captcha/image/<slug:key>/", captcha_image, {"scale": 1}, name="captcha-image"),
]
