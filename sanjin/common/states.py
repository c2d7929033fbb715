"""State machines are tables: `NEXT = {State.DRAFT: {State.PUBLISHED}}`. One function consults them."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from typing import TypeVar

from django.db.models import TextChoices

from .errors import RuleError

State = TypeVar("State", bound=TextChoices)


def step(table: Mapping[State, AbstractSet[State]], current: str, target: State) -> State:
    """Return `target` if the table lets `current` become it; else RuleError `wrong_state` (409)."""
    choices = type(target)
    if target in table.get(choices(current), set()):
        return target
    raise RuleError(
        "wrong_state",
        f"当前状态是“{choices(current).label}”，不能变为“{target.label}”。请刷新页面后按页面上的按钮操作。",
        status=409,
        current=current,
        target=str(target),
    )
