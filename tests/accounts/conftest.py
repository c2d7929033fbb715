"""Who administers the small tree's branch, and how a person logs in."""

import pytest
from captcha.models import CaptchaStore

from tests.factories import PASSWORD, admin, province


@pytest.fixture
def tree(db):
    return province()


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
