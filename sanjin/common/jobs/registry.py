"""Which function does the work of which kind of job."""

from collections.abc import Callable

from .handle import JobHandle

Runner = Callable[[JobHandle], None]
_runners: dict[str, Runner] = {}
_upload_pages: dict[str, str] = {}


def register(kind: str, runner: Runner, *, upload_page: str = "") -> None:
    """`kind`: `app.verb`, stored with each job. Runners may be run again after a crash: they do their writes inside
    `job.once()`, or can be repeated without doubling anything. `upload_page`: the route where such a file is uploaded, to
    which a job that came to nothing leads back."""
    _runners[kind] = runner
    _upload_pages[kind] = upload_page


def runner_of(kind: str) -> Runner:
    return _runners[kind]


def upload_page_of(kind: str) -> str:
    """The route's name, or ''."""
    return _upload_pages.get(kind, "")
