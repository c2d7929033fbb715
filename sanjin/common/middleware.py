"""Middleware that knows no app."""

from collections.abc import Callable
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
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
