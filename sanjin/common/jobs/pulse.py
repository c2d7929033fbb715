"""The pulse of a running job: a thread with a database connection of its own.

The runner's transaction may stay open for minutes; what the pulse writes is committed at once, so the page sees the
progress, the sweep sees that the worker lives, and the runner hears of a cancel. It also beats through long SQL.
"""

import logging
import threading

from django.db import DatabaseError, connection
from django.utils import timezone

from sanjin.common.models import Job, JobState

log = logging.getLogger(__name__)

PROGRESS_SECONDS = 0.4
HEARTBEAT_SECONDS = 10.0


class Pulse:
    """Writes the newest counts of one attempt of one job, and reads whether it shall stop."""

    def __init__(self, job_id: int, attempt: int) -> None:
        self.job_id, self.attempt = job_id, attempt
        self.cancel_asked = False
        self.superseded = False
        self._counts = self._written = (0, 0, 0)
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._beat, name=f"job-{job_id}", daemon=True)

    def __enter__(self) -> "Pulse":
        self._thread.start()
        return self

    def __exit__(self, *_exc) -> None:
        self._end.set()
        self._thread.join()

    def set(self, done: int, total: int, failed: int) -> None:
        self._counts = (done, total, failed)

    def _beat(self) -> None:
        quiet = 0.0
        try:
            while not self._end.wait(PROGRESS_SECONDS):
                quiet += PROGRESS_SECONDS
                if self._counts != self._written or quiet >= HEARTBEAT_SECONDS:
                    quiet = 0.0
                    self._write()
        finally:
            connection.close()

    def _write(self) -> None:
        counts = self._counts
        done, total, failed = counts
        try:
            mine = Job.objects.filter(pk=self.job_id, attempts=self.attempt, state=JobState.RUNNING)
            mine.update(done=done, total=total, failed=failed, heartbeat_at=timezone.now())
            row = Job.objects.filter(pk=self.job_id).values_list("attempts", "cancel_requested").first()
        except DatabaseError as error:
            log.warning("pulse of job %s missed: %s", self.job_id, error)
            connection.close()
            return
        self._written = counts
        if row:
            self.superseded = row[0] != self.attempt
            self.cancel_asked = row[1]
