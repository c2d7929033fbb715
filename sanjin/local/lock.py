"""One demo a folder: a lock that says who holds it, and the signal that ends it (`make stop`)."""

import fcntl
import os
import signal
from pathlib import Path
from typing import IO

import psutil


class Lock:
    """Held for as long as the process lives. The file names it: `pid address`."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file: IO[str] | None = None

    def take(self) -> bool:
        """Whether it is ours now; then it says that we are starting."""
        self.path.parent.mkdir(exist_ok=True)
        file = self.path.open("a+")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.close()
            return False
        self._file = file
        self.note("starting")
        return True

    def note(self, address: str) -> None:
        """Say where the demo of this process is."""
        self.path.write_text(f"{os.getpid()} {address}\n")

    def holder(self) -> tuple[int, str]:
        """Process id and address of who holds it."""
        pid, _, address = self.path.read_text().strip().partition(" ")
        return int(pid), address

    def stop_holder(self) -> None:
        """Ask who holds it to end, and wait for that."""
        if not self.path.exists() or self.take():
            return
        process = psutil.Process(self.holder()[0])
        process.send_signal(signal.SIGTERM)
        process.wait(60)
        print("stopped")
