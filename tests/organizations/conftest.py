"""The admins of the small tree."""

import pytest

from tests.factories import admin, province


@pytest.fixture
def tree(db):
    return province()


@pytest.fixture
def root_admin(tree):
    return admin(tree.root, "root00001")


@pytest.fixture
def city_admin(tree):
    return admin(tree.city, "tys00001")


@pytest.fixture
def general_admin(tree):
    return admin(tree.general, "tys00002")


@pytest.fixture
def branch_admin(tree):
    return admin(tree.branch, "tys00003")
