"""The place in which tests split a superior's register."""

import pytest


@pytest.fixture
def place(db):
    from tests.members.registers import planted  # noqa: PLC0415  plugins are read before Django is set up

    return planted()
