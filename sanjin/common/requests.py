"""What the audit wants to know of the request that is being served, without passing it through every action."""

from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True)
class RequestFacts:
    id: str = ""
    address: str | None = None
    device: str = ""


NO_REQUEST = RequestFacts()  # frozen, so a shared default is safe
current_request: ContextVar[RequestFacts] = ContextVar("current_request", default=NO_REQUEST)
