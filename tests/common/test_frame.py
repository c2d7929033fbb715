"""The frame shows what apps register, to whom it is visible, and counts no more than it shows."""

from types import SimpleNamespace

import pytest
from django.test import RequestFactory

from sanjin.common import frame


@pytest.fixture
def registries(monkeypatch):
    for name in ("_menu", "_bells", "_links", "_places"):
        monkeypatch.setattr(frame, name, {})


def shown(account=None) -> frame.Frame:
    request = RequestFactory().get("/")
    request.user = account or SimpleNamespace(is_authenticated=True, organization=None, branch=True)
    return frame.Frame(request)


def test_menu_is_ordered_and_leaves_out_what_an_account_may_not_see(registries):
    frame.register_menu("b", "乙", icon="list", url_name="healthz", order=20)
    frame.register_menu("a", "甲", icon="list", url_name="healthz", order=10)
    frame.register_menu("c", "丙", icon="list", url_name="healthz", order=5, visible=lambda account: False)
    assert [item.label for item in shown().menu] == ["甲", "乙"]


def test_a_bell_is_asked_with_the_request(registries):
    frame.register_bell(
        "todo", "待办", icon="bell", url_name="healthz", order=1, count=lambda asked: len(asked.path)
    )
    assert [bell.count for bell in shown().bells] == [1]


def test_nobody_signed_in_sees_nothing_and_nothing_is_counted(registries):
    frame.register_bell("a", "甲", icon="bell", url_name="healthz", order=1, count=lambda asked: 1 / 0)
    frame.register_menu("a", "甲", icon="list", url_name="healthz", order=1)
    frame_ = shown(SimpleNamespace(is_authenticated=False))
    assert (frame_.account, frame_.menu, frame_.bells, frame_.account_name) == (None, [], [], "")
