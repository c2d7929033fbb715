"""Doorbells: no arguments, no truth. What to do stands in the database; twice is once."""

from celery import shared_task


@shared_task
def recompute_dirty() -> None:
    """Rung after each commit that left marks, and each minute for those whose bell nobody heard."""
    from points.actions import recompute_dirty as recompute  # noqa: PLC0415  actions ring this task

    recompute()


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
