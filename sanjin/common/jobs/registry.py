"""Which function does the work of which kind of job."""

from collections.abc import Callable

from .handle import JobHandle

Runner = Callable[[JobHandle], None]
_runners: dict[str, Runner] = {}


def register(kind: str, runner: Runner) -> None:
    """`kind`: `app.verb`, stored with each job. Runners may be run again after a crash: they do their writes inside
    `job.once()`, or can be repeated without doubling anything."""
    _runners[kind] = runner


def runner_of(kind: str) -> Runner:
    return _runners[kind]
