"""Many at once: real threads, each with a connection of its own."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Barrier
from typing import Any

from django.db import connection

THREADS = 64


def at_once(work: Callable[[Any], Any], items: Iterable[Any], threads: int = THREADS) -> list:
    """`work(item)` for all items by so many threads, which start together; each has a connection of its own."""
    items, gate, results = list(items), Barrier(threads), []

    def share(first: int) -> None:
        try:
            connection.ensure_connection()
            gate.wait(30)
            results.extend([work(item) for item in items[first::threads]])
        finally:
            connection.close()

    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(share, range(threads)))
    return results


@contextmanager
def elsewhere(statement: str, *values: Any) -> Iterator[None]:
    """Another session has run the statement and stays open: what it locked is held inside the block."""
    other = connection.copy()
    try:
        other.cursor().execute(statement, values)
        yield
    finally:
        other.close()
