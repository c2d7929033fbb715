"""Which rules pay already. A feature says in its `AppConfig.ready()` what it awards:

    awarders.register("meetings", {"meeting.congress", …})

A rule that no installed feature awards is shown as 暂未开通: people read it, and it promises nothing yet (F04).
"""

from collections.abc import Iterable

NOT_OPEN = "暂未开通"
_awarded: dict[str, frozenset[str]] = {}


def register(app: str, codes: Iterable[str]) -> None:
    """codes: every code that the app passes to `award`."""
    _awarded[app] = frozenset(codes)


def is_open(code: str) -> bool:
    """Whether some installed app awards this rule."""
    return any(code in codes for codes in _awarded.values())
