"""What a runner holds of its job."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

from django.core.files.base import ContentFile, File
from django.db import transaction
from django.utils import timezone

from sanjin.common.models import Job, JobState

from .files import Save, saving
from .pulse import Pulse


class Cancelled(Exception):
    """The owner asked to stop; raised by `progress()`, and the open transaction rolls back."""


class Superseded(Exception):
    """Another worker took the job over while this one was silent; whatever this one did rolls back."""


class JobHandle:
    """Nothing here writes the job's row inside the runner's transaction, except the end of `once()`: progress is
    written by the pulse, the rest when the runner returns."""

    def __init__(self, job: Job, pulse: Pulse) -> None:
        self._job, self._pulse = job, pulse
        self._counts = {"done": 0, "total": 0, "failed": 0}
        self._report: dict[str, Any] = {}
        self._result: tuple[str, File] | None = None
        self.finished = False

    @property
    def params(self) -> dict[str, Any]:
        """What `start_job` was given: ids and options, JSON."""
        return self._job.params

    @property
    def actor(self) -> Any:
        """The account that started the job."""
        return self._job.created_by

    @property
    def id(self) -> int:
        """For rows that say which job made them."""
        return self._job.pk

    @property
    def uuid(self) -> Any:
        """The job's public id."""
        return self._job.uuid

    @property
    def organization_id(self) -> int | None:
        """Whose business it is."""
        return self._job.organization_id

    def open_input(self) -> IO[bytes]:
        """The uploaded file, open for reading."""
        return self._job.input.open("rb")

    def progress(self, done: int, total: int, failed: int = 0) -> None:
        """Cheap enough to call for each row. Raises Cancelled or Superseded when the work must stop."""
        self._counts = {"done": done, "total": total, "failed": failed}
        self._pulse.set(done, total, failed)
        self.check()

    def check(self) -> None:
        """Raise Cancelled or Superseded when the work must stop."""
        if self._pulse.superseded:
            raise Superseded
        if self._pulse.cancel_asked:
            raise Cancelled

    def report(self, data: dict[str, Any]) -> None:
        """What the job's page shows; merged with what was reported before. Keys that the page knows:
        `counts` [[label, number], …], `errors` [{row, column, reason, value}, …], `note` (a sentence),
        `next` {label, url}: the step that follows."""
        self._report |= data

    def attach_result(self, name: str, file: IO[bytes] | bytes) -> None:
        """The file that the owner may download; `name` is what the browser saves it as."""
        self._result = (name, ContentFile(file) if isinstance(file, bytes) else File(file))

    @contextmanager
    def once(self) -> Iterator[None]:
        """One transaction for the block's writes and the job's end: a worker killed before the commit leaves nothing,
        one killed after it leaves a finished job. Either way nothing is doubled by the next attempt."""
        with saving(self._job) as save, transaction.atomic():
            yield
            self.check()
            self._finish(save, JobState.DONE)

    def finish(self) -> None:
        """The runner returned; the job is done unless `once()` already said so."""
        if not self.finished:
            with saving(self._job) as save, transaction.atomic():
                self._finish(save, JobState.DONE)

    def stop(self, state: JobState, message: str = "") -> None:
        """The job ends without having done its work: what was attached tells of nothing that stands."""
        self._result = None
        with saving(self._job) as save, transaction.atomic():
            self._finish(save, state, message)

    def _finish(self, save: Save, state: JobState, message: str = "") -> None:
        """The row first: whose job was taken over leaves no file."""
        mine = Job.objects.filter(pk=self._job.pk, attempts=self._job.attempts, state=JobState.RUNNING)
        fields = self._counts | {"report": self._report, "message": message[:300]}
        if not mine.update(state=state, finished_at=timezone.now(), **fields):
            raise Superseded
        if self._result:
            name, file = self._result
            save(self._job.result, file)
            row = Job.objects.filter(pk=self._job.pk)
            row.update(result=self._job.result.name, result_name=name[:120])
        self.finished = True
