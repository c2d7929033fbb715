"""What the audit wants to know of the request that is being served, without passing it through every action."""

from contextvars import ContextVar
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest


@dataclass(frozen=True)
class RequestFacts:
    id: str = ""
    address: str | None = None


NO_REQUEST = RequestFacts()  # frozen, so a shared default is safe
current_request: ContextVar[RequestFacts] = ContextVar("current_request", default=NO_REQUEST)


def client_address(request: HttpRequest) -> str | None:
    """Who asks. Behind our own nginx it stands in X-Real-IP, which nginx overwrites; without it that header is a claim
    that anybody may make."""
    if settings.BEHIND_PROXY:
        return request.headers.get("X-Real-Ip") or request.META.get("REMOTE_ADDR")
    return request.META.get("REMOTE_ADDR")
