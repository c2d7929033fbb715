"""A province in small: a root committee, a city's, a general branch, a branch, and who administers them."""

from types import SimpleNamespace

import pytest
from captcha.models import CaptchaStore

from organizations.enums import Nature
from tests.factories import PASSWORD, admin, organization


@pytest.fixture
def tree(db):
    root = organization("山西省委")
    city = organization("太原市委", below=root)
    county = organization("迎泽区委", below=city)
    general = organization("某局党总支", nature=Nature.GENERAL_BRANCH, below=county)
    branch = organization("某局第一支部", nature=Nature.BRANCH, below=general)
    cousin = organization("大同市委", below=root)
    return SimpleNamespace(root=root, city=city, county=county, general=general, branch=branch, cousin=cousin)


@pytest.fixture
def branch_admin(tree):
    return admin(tree.branch, "tys00012")


@pytest.fixture
def sign_in(client):
    """Log in through the page, as a person does: open it, read the picture, send the form."""

    def go(name, password=PASSWORD, *, by=client, captcha=None, **more):
        page = by.get("/login/")
        key = page.context["captcha_key"]
        answer = captcha or CaptchaStore.objects.get(hashkey=key).response
        data = {"name": name, "password": password, "captcha": answer, "captcha_key": key, **more}
        return by.post("/login/", data)

    return go
