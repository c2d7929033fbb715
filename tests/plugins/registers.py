"""The place in which tests split a superior's register, and who splits it."""

import pytest


@pytest.fixture
def place(db):
    from tests.members.registers import planted  # noqa: PLC0415  plugins are read before Django is set up

    return planted()


@pytest.fixture
def splitter(place):
    """The admin of the city, whose register is split."""
    from tests.factories import admin  # noqa: PLC0415  plugins are read before Django is set up

    return admin(place.city)
