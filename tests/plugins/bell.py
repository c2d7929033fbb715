"""A bell that nobody hears: no broker is asked, and the test runs its jobs itself or leaves them to the sweep."""

import pytest


@pytest.fixture
def silent_bell(monkeypatch) -> list[tuple[str, tuple]]:
    """What was rung, in order: (task, arguments)."""
    rung: list[tuple[str, tuple]] = []
    monkeypatch.setattr("sanjin.common.bell._send", lambda task, args: rung.append((task.name, args)))
    return rung
