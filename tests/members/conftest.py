"""A committee with a general branch of two branches, a branch of its own beside them, and their admins."""

from types import SimpleNamespace

import pytest

from organizations.enums import Nature
from tests.factories import signed_in

from .factories import admin, organization


@pytest.fixture
def tree(db):
    root = organization("山西省委", nature=Nature.COMMITTEE)
    city = organization("太原市委", nature=Nature.COMMITTEE, below=root)
    general = organization("某局党总支", nature=Nature.GENERAL_BRANCH, below=city)
    own = organization("第一支部", below=general)
    sibling = organization("第二支部", below=general)
    cousin = organization("大同市委", nature=Nature.COMMITTEE, below=root)
    return SimpleNamespace(root=root, city=city, general=general, own=own, sibling=sibling, cousin=cousin)


@pytest.fixture
def keeper(tree):
    """The admin of the own branch."""
    return admin(tree.own)


@pytest.fixture
def sibling_keeper(tree):
    return admin(tree.sibling)


@pytest.fixture
def superior(tree):
    return admin(tree.city)


@pytest.fixture
def enter(client):
    """Log in as an admin account; gives the client."""

    def go(account):
        return signed_in(client, account)

    return go
