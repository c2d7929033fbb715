"""Progress lines of a long load: what is done, and how long it took."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Say = Callable[[str], None]


@contextmanager
def step(say: Say, title: str) -> Iterator[None]:
    started = time.monotonic()
    yield
    say(f"  {title}: {time.monotonic() - started:.1f} s")


def every(rows: int, total: int, say: Say) -> Callable[[int], None]:
    """A reporter that speaks each time another `rows` are done."""
    started = time.monotonic()
    spoken = 0

    def report(done: int) -> None:
        nonlocal spoken
        if done // rows > spoken:
            spoken = done // rows
            say(f"  {done:,} of {total:,} members, {time.monotonic() - started:.0f} s")

    return report
