"""Servers of a bench's own, and Django set up on them: once in a process."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SETTINGS = {
    "DJANGO_SETTINGS_MODULE": "sanjin.settings",
    "SECRET_KEY": "only-for-benchmarks-" + "b" * 50,
    "SEAL_KEYS": "k1=" + "0123456789abcdef" * 2,
    "BLIND_INDEX_KEY": "fedcba9876543210" * 4,
    "DEBUG": "0",
    "HTTPS": "0",
    "STATIC_HASHED": "0",
    "ALLOWED_HOSTS": "testserver,localhost,127.0.0.1",
    "LOG_LEVEL": "WARNING",
}
# Half of a small machine's memory for the cache; no fsync wait in ours and none in the floor.
POSTGRES = {"shared_buffers": "2GB", "max_wal_size": "8GB", "maintenance_work_mem": "512MB"}


@contextmanager
def servers(name: str) -> Iterator[None]:
    """PostgreSQL and Redis for one bench, migrated; DATABASE_URL and REDIS_URL name them."""
    with tempfile.TemporaryDirectory(prefix=f"sanjin-bench-{name}-") as text:
        folder = Path(text)
        folder.chmod(0o755)  # PostgreSQL runs as another user if we are root
        running = []
        try:
            _start(folder, running)
            _django()
            yield
        finally:
            from django.db import connections  # noqa: PLC0415  Django is set up by now

            connections.close_all()
            for server in running:
                server.stop()
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(exist_ok=True)  # so that the context manager finds what it removes


def _start(folder: Path, running: list) -> None:
    from sanjin.local.servers import Postgres, Redis  # noqa: PLC0415  only where no servers are named

    for variable, make in (
        ("DATABASE_URL", lambda: Postgres(folder / "postgres", durable=False, settings=POSTGRES)),
        ("REDIS_URL", lambda: Redis(folder / "redis")),
    ):
        named = os.environ.get(f"BENCH_{variable}")
        if named:
            os.environ[variable] = named
            continue
        server = make()
        running.append(server)
        server.start()
        os.environ[variable] = server.url


def _django() -> None:
    import django  # noqa: PLC0415  needs the addresses of the servers

    os.environ.update(SETTINGS)
    django.setup()
    from django.core.management import call_command  # noqa: PLC0415  as above

    call_command("migrate", verbosity=0)
