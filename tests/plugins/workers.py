"""Real Celery processes on the test's own database and broker: `worker.start()`, `.kill()` (-9), `.start(beat=True)`."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

ROOT = Path(__file__).resolve().parents[2]
WAIT_SECONDS = 180  # on a busy machine; who has not failed waits no longer than it takes


def until(condition: Callable[[], bool], *, seconds: float = WAIT_SECONDS, what: str = "condition") -> None:
    """Poll a condition of the database until it holds; fail after `seconds`."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise AssertionError(f"{what} did not come true within {seconds} s")
        time.sleep(0.05)


class Worker:
    """One worker process (and beat inside it, if asked), logging into a file of the test."""

    def __init__(self, log: Path) -> None:
        self.log = log
        self.process: subprocess.Popen | None = None

    def start(self, *, beat: bool = False, **environment: str) -> None:
        """Start and wait until the worker says that it is ready."""
        database = connection.settings_dict  # the test database, not the one that DATABASE_URL names
        url = f"postgres://{database['USER']}:{database['PASSWORD']}@{database['HOST']}:{database['PORT']}/{database['NAME']}"
        inherited = os.environ | {"DATABASE_URL": url, "REDIS_URL": settings.REDIS_URL, "LOG_LEVEL": "INFO"}
        command = [
            sys.executable,
            "-m",
            "celery",
            "-A",
            "sanjin",
            "worker",
            "-c",
            "1",
            "-l",
            "INFO",
            "--without-gossip",
        ]
        command += ["--without-mingle"] + (["-B", "-s", str(self.log.with_suffix(".beat"))] if beat else [])
        self.log.write_text("")
        with self.log.open("a") as out:
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=inherited | environment, stdout=out, stderr=out, start_new_session=True
            )
        until(lambda: " ready." in self.log.read_text(), what="worker's start")

    def kill(self) -> None:
        """kill -9 of the worker and its pool: nothing is said to the broker or the database."""
        if self.process and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(timeout=30)
            except subprocess.TimeoutExpired:
                self.kill()


@pytest.fixture
def worker(transactional_db, tmp_path: Path) -> Iterator[Worker]:
    """A worker that is not started yet, on the database of this test."""
    worker = Worker(tmp_path / "worker.log")
    yield worker
    worker.stop()
