"""What can't be shown is said inside the frame to who is signed in, so that the menu it names is at hand."""

import pytest
from django.template.loader import get_template

from tests import factories

pytestmark = pytest.mark.django_db
NOWHERE = "/nowhere/"


@pytest.fixture
def branch():
    return factories.organization("第一支部", nature="branch", below=factories.organization("省委"))


def test_who_is_signed_in_keeps_the_menu(client, branch):
    factories.signed_in(client, factories.admin(branch))
    page = client.get(NOWHERE)
    assert page.status_code == 404
    assert "没有找到这个页面" in page.content.decode() and 'id="menu"' in page.content.decode()
    assert page.content.decode().count("<h1>") == 1


def test_nobody_has_no_menu(client, db):
    page = client.get(NOWHERE)
    assert (page.status_code, 'id="menu"' in page.content.decode()) == (404, False)


def test_a_part_that_htmx_asks_for_brings_no_second_frame(client, branch):
    factories.signed_in(client, factories.admin(branch))
    page = client.get(NOWHERE, headers={"HX-Request": "true"})
    assert (page.status_code, 'id="menu"' in page.content.decode()) == (404, False)


def test_the_page_for_a_failure_needs_no_request():
    """Django draws it without a context, since nobody knows what failed."""
    assert "系统出错" in get_template("500.html").render()
