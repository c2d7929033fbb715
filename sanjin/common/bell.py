"""Ring for the worker. The truth is already in PostgreSQL; a bell that nobody hears is made good by a minute's sweep."""

import logging
import time
from typing import Any

import kombu.exceptions
import redis
from celery import Task
from django.db import transaction

log = logging.getLogger(__name__)

BROKER_ERRORS = (kombu.exceptions.OperationalError, redis.RedisError, OSError)
# After a failure this process rings no more for a while, so that a silent broker delays one request, not each.
SILENT_SECONDS = 15.0
_silent_until = 0.0


def ring(task: Task, *args: Any) -> None:
    """Send `task(*args)` to the worker once the transaction is committed (at once if there is none).

    args: ids only. Never raises. Waits no longer than the broker's timeouts (settings: 1 s to connect, 3 s to answer), and that
    at most once in 15 s for each process.
    """

    def send() -> None:  # not a partial: Django logs a failed hook by its name
        _send(task, args)

    transaction.on_commit(send, robust=True)


def _send(task: Task, args: tuple) -> None:
    global _silent_until
    if time.monotonic() < _silent_until:
        return
    try:
        task.apply_async(args, retry=False)
    except BROKER_ERRORS as error:
        _silent_until = time.monotonic() + SILENT_SECONDS
        log.warning("bell %s not heard, the sweep will do it: %s", task.name, type(error).__name__)
