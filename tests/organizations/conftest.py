"""A province in small, and the admins of it."""

from types import SimpleNamespace

import pytest

from organizations.enums import Nature
from tests.factories import admin, organization


@pytest.fixture
def tree(db):
    root = organization("山西省委")
    city = organization("太原市委", below=root)
    county = organization("迎泽区委", below=city)
    general = organization("财政局党总支", nature=Nature.GENERAL_BRANCH, below=county)
    branch = organization("财政局第一支部", nature=Nature.BRANCH, below=general)
    cousin = organization("大同市委", below=root)
    return SimpleNamespace(root=root, city=city, county=county, general=general, branch=branch, cousin=cousin)


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
