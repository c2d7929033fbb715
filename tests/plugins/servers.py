"""Servers of a test's own, to kill and start again; the shared ones are in tests/environment.py."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes() -> None:
    # A worker chooses its Redis database in tests/environment.py; with this name inherited, pytest-django
    # would read the settings before that.
    os.environ.pop("DJANGO_SETTINGS_MODULE", None)


@pytest.fixture
def server_folder() -> Iterator[Path]:
    """A folder that PostgreSQL may enter when it runs as another user than we. tmp_path is not: every run of pytest
    that begins on this machine closes its parents again.
    """
    with tempfile.TemporaryDirectory(prefix="sanjin-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@pytest.fixture
def own_postgres(server_folder: Path):
    """A durable PostgreSQL for this test alone: `.url`, `.kill()`, `.start()` (same port and data)."""
    from sanjin.local.servers import Postgres  # noqa: PLC0415  needs the embedded wheels only if used

    with Postgres(server_folder / "postgres") as server:
        yield server


@pytest.fixture
def own_redis(server_folder: Path):
    """A Redis-compatible server for this test alone: `.url`, `.kill()`, `.start()` (same port)."""
    from sanjin.local.servers import Redis  # noqa: PLC0415  needs the embedded wheels only if used

    with Redis(server_folder / "redis") as server:
        yield server
