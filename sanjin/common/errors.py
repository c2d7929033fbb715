"""The one domain error. Actions raise it; the API and the pages turn it into a sentence for a person."""

from typing import Any


class RuleError(Exception):
    """A rule refuses what was asked.

    `code`: stable, lower snake case, for clients and tests. `message`: Simplified Chinese, says what happened, why and
    what to do. `field`: the input it belongs to, if any. `status`: 400 bad input, 403 not yours to do, 404 unknown,
    409 wrong state, 429 too often. `data`: whatever a client may need to offer the next step (ids, dates, names).
    """

    def __init__(
        self, code: str, message: str, *, field: str | None = None, status: int = 400, **data: Any
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.field = field
        self.status = status
        self.data = data
