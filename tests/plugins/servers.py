"""Servers of a test's own, to kill and start again; the shared ones are in tests/environment.py."""

import os
from pathlib import Path

import pytest


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes() -> None:
    # A worker chooses its Redis database in tests/environment.py; with this name inherited, pytest-django
    # would read the settings before that.
    os.environ.pop("DJANGO_SETTINGS_MODULE", None)


@pytest.fixture
def own_postgres(tmp_path: Path):
    """A durable PostgreSQL for this test alone: `.url`, `.kill()`, `.start()` (same port and data)."""
    from sanjin.local.servers import Postgres  # noqa: PLC0415  needs the embedded wheels only if used

    for folder in (tmp_path, tmp_path.parent, tmp_path.parent.parent):
        folder.chmod(0o755)  # PostgreSQL runs as another user if we are root
    with Postgres(tmp_path / "postgres") as server:
        yield server


@pytest.fixture
def own_redis(tmp_path: Path):
    """A Redis-compatible server for this test alone: `.url`, `.kill()`, `.start()` (same port)."""
    from sanjin.local.servers import Redis  # noqa: PLC0415  needs the embedded wheels only if used

    with Redis(tmp_path / "redis") as server:
        yield server
