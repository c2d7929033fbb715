"""The project's own processes as children: prefixed output, a log each, started again if they die."""

import os
import signal
import subprocess
import sys
import threading
from collections import deque
from pathlib import Path

import psutil

from .servers import die_with_parent

STOP_SECONDS = 15


class Process:
    """One child. What it prints goes to its log and, while `echo` is set, to the terminal."""

    def __init__(self, name: str, command: list[str], *, logs: Path) -> None:
        self.name, self.command = name, command
        self.log = logs / f"{name}.log"
        self.tail: deque[str] = deque(maxlen=15)
        self.child: subprocess.Popen | None = None
        self.echo = False

    def __enter__(self) -> "Process":
        self.start()
        return self

    def __exit__(self, *_exc) -> None:
        self.stop()

    def start(self) -> None:
        """Start it; the output is read by a thread of its own."""
        self.log.parent.mkdir(parents=True, exist_ok=True)
        self.child = subprocess.Popen(  # noqa: S603  our own commands, no outside text
            self.command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            env=os.environ | {"PYTHONUNBUFFERED": "1"},
            start_new_session=True,  # Ctrl-C is for the launcher, which stops its children in order
            preexec_fn=die_with_parent,
        )
        threading.Thread(target=self._read, args=(self.child.stdout,), daemon=True).start()

    def ended(self) -> int | None:
        """The exit code if it ended by itself, else None."""
        return self.child.poll() if self.child else None

    def stop(self) -> None:
        """End it in an orderly way, its own children too; after STOP_SECONDS with -9."""
        self.echo = False
        if self.child is None or self.child.poll() is not None:
            return
        family = psutil.Process(self.child.pid).children(recursive=True)
        self.child.send_signal(signal.SIGTERM)
        try:
            self.child.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(self.child.pid, signal.SIGKILL)
            self.child.wait()
        psutil.wait_procs(family, STOP_SECONDS)  # the last of them may end a moment after their parent

    def _read(self, stream) -> None:
        with self.log.open("a") as log:
            for line in stream:
                log.write(line)
                log.flush()
                self.tail.append(line.rstrip())
                if self.echo and line.strip():
                    sys.stdout.write(f"{self.name:>6} │ {line}")
                    sys.stdout.flush()
