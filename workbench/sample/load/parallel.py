"""Members of a province by several processes: generating and sealing is the work, the database the smaller part."""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from functools import partial
from multiprocessing import get_context

import django
from django.conf import settings
from django.db import connection

from ..node import Node
from ..scales import SCALES
from ..tree import grow

CHUNK = 2_000
_branches: list[Node] = []


def chunks(count: int) -> Iterator[tuple[int, int]]:
    for start in range(0, count, CHUNK):
        yield start, min(start + CHUNK, count)


def load_members(scale: str, seed: int, count: int, report: Callable[[int], None]) -> None:
    """Copy the members of the scale's first `count` branches; `report` gets the number of rows written so far.

    Each process grows the tree again from the seed: cheaper than sending it, and the same by construction.
    """
    done = 0
    facts = (scale, seed, connection.settings_dict["NAME"])
    pool_of = partial(ProcessPoolExecutor, os.cpu_count(), get_context("spawn"))
    with pool_of(initializer=_prepare, initargs=facts) as pool:
        jobs = [pool.submit(_copy_chunk, seed, *chunk) for chunk in chunks(count)]
        for job in as_completed(jobs):
            done += job.result()
            report(done)


def _prepare(scale: str, seed: int, database: str) -> None:
    settings.DATABASES["default"]["NAME"] = database  # a test's, perhaps
    django.setup()
    _branches[:] = grow(SCALES[scale], seed).branches()


def _copy_chunk(seed: int, start: int, stop: int) -> int:
    # Models can be imported only where Django is set up, which in a new process is after this module.
    from members.actions.copying import copy_members  # noqa: PLC0415  after django.setup() in the child process

    from . import copying, members  # noqa: PLC0415  as above

    copying.no_triggers()
    return copy_members(members.new_members(_branches[start:stop], seed))
