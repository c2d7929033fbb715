"""What the tests run against: real servers, and settings that never come from a person's `.env`.

Imported by tests/conftest.py before Django reads its settings. The first process (the controller, with
pytest-xdist) starts PostgreSQL and the Redis-compatible server once; its workers inherit their addresses
through the environment and take a database of their own on each. DATABASE_URL and REDIS_URL in the
environment replace the embedded servers.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

import django

STATIC_ROOT = Path(__file__).parents[1] / ".local" / "static"  # empty; whitenoise wants it to exist

SETTINGS = {
    "DJANGO_SETTINGS_MODULE": "sanjin.settings",
    "SECRET_KEY": "only-for-tests-" + "t" * 50,
    "SEAL_KEYS": "k1=" + "0123456789abcdef" * 2,
    "BLIND_INDEX_KEY": "fedcba9876543210" * 4,
    "DEBUG": "0",
    "HTTPS": "0",
    "STATIC_HASHED": "0",
    "STATIC_ROOT": str(STATIC_ROOT),
    "ALLOWED_HOSTS": "testserver,localhost,127.0.0.1",
    "LOG_LEVEL": "WARNING",
}


def prepare() -> None:
    """Put the settings into the environment and start the servers that it does not name."""
    os.environ.update(SETTINGS)
    STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    if worker:
        _take_own_redis_database(int(worker.removeprefix("gw")))
    else:
        _start_missing_servers()
    django.setup()


def _start_missing_servers() -> None:
    missing = {"DATABASE_URL", "REDIS_URL"} - os.environ.keys()
    if not missing:
        return
    from sanjin.local.servers import Postgres, Redis  # noqa: PLC0415  not needed where real servers are named

    folder = Path(tempfile.mkdtemp(prefix="sanjin-tests-"))
    folder.chmod(0o755)  # PostgreSQL runs as another user if we are root
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    for name, server in (
        ("DATABASE_URL", Postgres(folder / "postgres", durable=False)),
        ("REDIS_URL", Redis(folder / "redis")),
    ):
        if name in missing:
            server.start()
            atexit.register(server.stop)
            os.environ[name] = server.url


def _take_own_redis_database(number: int) -> None:
    address = os.environ["REDIS_URL"].rsplit("/", 1)[0]
    os.environ["REDIS_URL"] = f"{address}/{number + 1}"
