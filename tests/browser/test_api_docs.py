"""接口文档 in a real browser: behind the login, and alive under the content security policy."""

import pytest

from tests.factories import admin, organization

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_admin_is_led_through_the_login_to_the_documents(desk, sign_in):
    complaints = []
    desk.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    sign_in(desk, admin(organization("省委"), "tys00012"), asked="/api/v1/docs/")
    operation = desk.locator(".opblock", has_text="扫码签到").first
    operation.click()
    operation.get_by_text("错误码：").wait_for()
    assert desk.locator(".opblock").count() > 25
    assert (desk.errors, complaints) == ([], [])
