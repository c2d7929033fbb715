"""Many at once: real threads, each with a connection of its own."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Barrier, Event, Thread
from typing import Any

from django.db import connection, transaction

from sanjin.common.errors import RuleError
from tests.plugins.workers import WAIT_SECONDS, until

THREADS = 64


def at_once(work: Callable[[Any], Any], items: Iterable[Any], threads: int = THREADS) -> list:
    """`work(item)` for all items by so many threads, which start together; each has a connection of its own."""
    items, gate, results = list(items), Barrier(threads), []

    def share(first: int) -> None:
        try:
            connection.ensure_connection()
            gate.wait(WAIT_SECONDS)
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


WAITING = (
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
)


def waiting() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")  # inside a transaction it would stay as first seen
        cursor.execute(WAITING)
        return bool(cursor.fetchone()[0])


def in_turn(first: Callable, second: Callable, *, blocked: bool = True) -> list[str]:
    """Begin `second` when `first` has done its work and not yet committed; which of them were refused, and why."""
    done, go_on, codes = Event(), Event(), ["", ""]

    def run(place: int, work: Callable, holds: bool) -> None:
        try:
            with transaction.atomic():
                work()
                if holds:
                    done.set()
                    assert go_on.wait(WAIT_SECONDS)
        except RuleError as refused:
            codes[place] = refused.code
        finally:
            done.set()
            connection.close()

    threads = [Thread(target=run, args=(0, first, True)), Thread(target=run, args=(1, second, False))]
    threads[0].start()
    assert done.wait(WAIT_SECONDS)
    threads[1].start()
    if blocked:
        until(waiting, what="the second's wait")
    else:
        threads[1].join(WAIT_SECONDS)
    go_on.set()
    for thread in threads:
        thread.join(WAIT_SECONDS)
    return codes
