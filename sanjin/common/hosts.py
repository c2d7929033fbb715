"""The back office answers only at its own host names (F18)."""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

Handler = Callable[[HttpRequest], HttpResponse]


class OwnHostMiddleware:
    """Any other host gets a page for people that names the official entrance, status 400.

    It stands first, because each middleware behind it may ask for the host and would fail. Style sheets and pictures
    of that page are let through.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(settings.STATIC_URL):
            try:
                request.get_host()
            except DisallowedHost:
                return wrong_host(request)
        return self.get_response(request)


def wrong_host(request: HttpRequest) -> HttpResponse:
    """The page that names the official entrance."""
    entrance = {"entrance": settings.OFFICIAL_ENTRANCE, "entrance_url": settings.OFFICIAL_ENTRANCE_URL}
    return render(request, "errors/wrong_host.html", entrance, status=400)
