"""What apps above this one add to a member's own record (`GET me/`): they register in `AppConfig.ready()`.

extras.register("year_points", year_points)     # callable(member) → JSON value
"""

from collections.abc import Callable
from typing import Any

from members.models import Member

Extra = Callable[[Member], Any]
_extras: dict[str, Extra] = {}


def register(key: str, extra: Extra) -> None:
    """`key` becomes a field of `me/`; each extra may cost one query."""
    _extras[key] = extra


def extras_of(member: Member) -> dict[str, Any]:
    """Field → value, of every extra."""
    return {key: extra(member) for key, extra in _extras.items()}
