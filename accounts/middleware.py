"""Admin sessions end after 15 idle minutes and 12 hours (threats.md); fragments learn it by HX-Redirect. What is shown to
somebody who is logged in is kept by no browser and no proxy."""

from collections.abc import Callable
from urllib.parse import urlencode

from django.contrib import auth
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url

from accounts import sessions

Handler = Callable[[HttpRequest], HttpResponse]


class AdminSessionMiddleware:
    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # The API has tokens and no session: don't ask for one.
        if request.path.startswith("/api/"):
            return unkept(self.get_response(request))
        if request.user.is_authenticated and sessions.is_over(request):
            auth.logout(request)
            return expired(request)
        signed_in = request.user.is_authenticated
        response = as_fragment_redirect(request, self.get_response(request))
        return unkept(response) if signed_in else response


def unkept(response: HttpResponse) -> HttpResponse:
    """Not to be found by the next person at this computer; a page that says how long it may be kept is believed. The back
    button asks the server again, and gets the page or the login."""
    if not response.has_header("Cache-Control"):
        response["Cache-Control"] = "private, no-store"
    return response


def expired(request: HttpRequest) -> HttpResponse:
    """To the login page, which says 登录已过期, and back to where the person was."""
    query = {"expired": "1"}
    if request.method == "GET" and "HX-Request" not in request.headers:
        query["next"] = request.get_full_path()
    return as_fragment_redirect(request, redirect(f"{resolve_url('accounts:login')}?{urlencode(query)}"))


def as_fragment_redirect(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """htmx would draw the login page inside the fragment: let it move the whole page instead."""
    login = resolve_url("accounts:login")
    location = response.headers.get("Location", "")
    if "HX-Request" not in request.headers or not location.startswith(login):
        return response
    answer = HttpResponse(status=204)
    answer["HX-Redirect"] = location
    answer.cookies = response.cookies
    return answer
