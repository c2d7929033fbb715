"""`make demo`, as a person meets it: it starts, heals, ends when told, and begins again after a kill -9."""

import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import psutil
import pytest

from sanjin.local.servers import free_port
from tests.environment import SETTINGS

pytestmark = pytest.mark.race
ROOT = Path(__file__).parents[2]
SECONDS = 300  # on a busy machine


class Demo:
    """One start of the launcher, with its own folder, its output in a file."""

    def __init__(self, folder: Path, port: int) -> None:
        self.output = folder / "output"
        inherited = {
            key: value
            for key, value in os.environ.items()
            if key not in {*SETTINGS, "DATABASE_URL", "REDIS_URL"}
        }
        self.process = subprocess.Popen(
            [sys.executable, "-m", "sanjin.local.demo"],
            cwd=ROOT,
            env=inherited | {"LOCAL_DIR": str(folder), "PORT": str(port), "PYTHONUNBUFFERED": "1"},
            stdout=self.output.open("w"),
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )

    def says(self, pattern: str) -> str:
        """Wait until the output has `pattern`; returns the output."""
        deadline = time.monotonic() + SECONDS
        while time.monotonic() < deadline:
            text = self.output.read_text()
            if re.search(pattern, text):
                return text
            assert self.process.poll() is None, text
            time.sleep(0.1)
        raise AssertionError(f"{pattern} was not said in {SECONDS} s:\n{text}")

    def children(self) -> list[psutil.Process]:
        return psutil.Process(self.process.pid).children(recursive=True)

    def child(self, word: str) -> psutil.Process:
        direct = psutil.Process(self.process.pid).children()
        return next(child for child in direct if word in " ".join(child.cmdline()))


def wait_for(condition) -> bool:
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.1)
    return False


def ready(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5) as answer:
            return answer.status == 200
    except OSError:
        return False


def running(process: psutil.Process) -> bool:
    """A zombie has ended; whether the machine's init buries it is not ours to say."""
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def test_demo_from_nothing_to_a_second_start(server_folder):
    port = free_port()

    first = Demo(server_folder, port)
    output = first.says(r"is ready \(\d+ s\)[\s\S]*管理后台[\s\S]*支部管理员[\s\S]*党员 member")
    assert f"http://127.0.0.1:{port}/app/" in output
    assert wait_for(lambda: ready(port))

    again = subprocess.run(
        [sys.executable, "-m", "sanjin.local.demo"],
        cwd=ROOT,
        env=os.environ | {"LOCAL_DIR": str(server_folder)},
        capture_output=True,
        text=True,
    )
    assert again.returncode == 1
    assert "already runs" in again.stdout

    # What dies is started again: the worker, and the database under everybody.
    for word in ("worker", "postgres"):
        first.child(word).kill()
        first.says(rf"(?i){word} ended with code -9; starting it again")
    assert wait_for(lambda: ready(port))

    # kill -9 of the launcher: nothing is left running, and the next start finds its data.
    left = first.children()
    first.process.kill()
    first.process.wait()
    assert wait_for(lambda: not any(map(running, left)))

    second = Demo(server_folder, port)
    assert "sample province" not in second.says(r"is ready")
    left = second.children()
    second.process.send_signal(signal.SIGINT)
    assert second.process.wait(SECONDS) == 0
    assert not any(map(running, left))
