"""The address of the members' app: one page, its manifest, no session, no cookie."""

from django.http import HttpRequest, JsonResponse
from django.templatetags.static import static
from django.urls import path, reverse
from django.views.generic import TemplateView


def manifest(request: HttpRequest) -> JsonResponse:
    """What a phone needs to install the app on its home screen."""
    icon = {"src": static("img/mark-red.svg"), "sizes": "any", "type": "image/svg+xml"}
    body = {
        "name": "三晋先锋",
        "short_name": "三晋先锋",
        "lang": "zh-CN",
        "start_url": reverse("app"),
        "scope": reverse("app"),
        "display": "standalone",
        "theme_color": "#C8161D",
        "background_color": "#F5F6F7",
        "icons": [icon],
    }
    return JsonResponse(body, content_type="application/manifest+json")


urlpatterns = [
    path("", TemplateView.as_view(template_name="h5/index.html"), name="app"),
    path("manifest.webmanifest", manifest, name="app-manifest"),
]
