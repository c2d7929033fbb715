"""Middleware that knows no app."""

from collections.abc import Callable
from uuid import uuid4

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse
from django.middleware.gzip import GZipMiddleware
from django.shortcuts import render

from .errors import RuleError
from .requests import RequestFacts, client_address, current_request

Handler = Callable[[HttpRequest], HttpResponse]


class RequestIdMiddleware:
    """Give each request an id (`X-Request-Id` in the answer) and remember who asks, for audit and logs."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.id = uuid4().hex
        facts = RequestFacts(id=request.id, address=client_address(request))
        token = current_request.set(facts)
        try:
            response = self.get_response(request)
        finally:
            current_request.reset(token)
        response["X-Request-Id"] = request.id
        return response


class SessionKeyMiddleware:
    """What can't be the key of a session is no session: a NUL in it would be refused by the database, as a 500."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        key = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
        if not (key.isascii() and key.isalnum()):
            request.COOKIES.pop(settings.SESSION_COOKIE_NAME, None)
        return self.get_response(request)


class PlainStaticMiddleware(GZipMiddleware):
    """Where static files are served as they are (demo, development), they are compressed on the way. Pages are not: a
    page that mixes secrets with what a stranger typed gives them away by its length (BREACH)."""

    def __init__(self, get_response: Handler) -> None:
        if settings.STATIC_HASHED:
            raise MiddlewareNotUsed  # collectstatic has compressed them already
        super().__init__(get_response)

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        whole = response.status_code == 200 and request.path.startswith(settings.STATIC_URL)
        return super().process_response(request, response) if whole else response


class RuleErrorMiddleware:
    """A RuleError that a page did not show beside a field becomes a page of its own with the sentence."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, RuleError):
            return None
        if getattr(request, "htmx", False):
            messages.error(request, error.message)
        return render(request, "errors/rule.html", {"error": error}, status=error.status)
