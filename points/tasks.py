"""Doorbells: no arguments, no truth. What to do stands in the database; twice is once."""

import logging

from celery import shared_task

log = logging.getLogger(__name__)


@shared_task
def recompute_dirty_task() -> None:
    """Rung after each commit that left marks."""
    from points.actions import recompute_dirty  # noqa: PLC0415  actions ring this task

    recompute_dirty()


@shared_task
def sweep_dirty() -> None:
    """Each minute: what no bell was heard for."""
    from points.actions import recompute_dirty  # noqa: PLC0415  actions ring tasks

    recompute_dirty()


@shared_task
def recompute_all() -> None:
    """Each night: close a year that is due, compute everything, compare balances with the ledger."""
    from points.actions import run_night  # noqa: PLC0415  actions ring tasks

    run_night()


@shared_task
def prepare_partitions() -> None:
    """Each night: next year's partitions."""
    from points.actions import prepare_partitions as prepare  # noqa: PLC0415  actions ring tasks

    prepare()
