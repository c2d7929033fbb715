"""Who is out when the organisation goes, and what an open session may not find out."""

import pytest

from accounts.enums import AccountState
from accounts.models import Account
from organizations.actions import (
    change_settings,
    dissolve_organization,
    recycle_organization,
    restore_organization,
    update_basics,
)
from sanjin.common.errors import RuleError
from tests.factories import ONE_TIME, PASSWORD, admin, signed_in

NEW = "New-horse8"


def dissolve(branch, by):
    dissolve_organization(branch, actor=by, reason="撤销")


def recycle(branch, by):
    recycle_organization(branch, actor=by, reason="误建")


def recycle_and_restore(branch, by):
    recycle(branch, by)
    restore_organization(branch, actor=by)


@pytest.mark.parametrize("go", [dissolve, recycle, recycle_and_restore])
def test_sessions_end_with_the_organisation(client, tree, branch_admin, go):
    signed_in(client, branch_admin)
    assert client.get("/").status_code == 200
    go(tree.branch, admin(tree.county))
    assert client.get("/")["Location"].startswith("/login/")


@pytest.mark.parametrize("state", ["dissolved", "recycled"])
def test_a_session_needs_an_organisation_in_use(client, tree, branch_admin, state):
    signed_in(client, branch_admin)
    tree.branch.state = state
    tree.branch.save()
    assert client.get("/")["Location"].startswith("/login/")


def test_an_activation_that_was_begun_ends_with_the_organisation(client, sign_in, tree):
    waiting = admin(tree.branch, "tys00030", state=AccountState.ISSUED)
    sign_in("tys00030", ONE_TIME)
    assert client.get("/activate/").status_code == 200
    dissolve(tree.branch, admin(tree.county))
    assert client.get("/activate/")["Location"] == "/login/"
    assert Account.objects.get(pk=waiting.pk).state == AccountState.ISSUED


@pytest.mark.promise("F41")
def test_nothing_is_changed_in_an_organisation_that_has_gone(tree, branch_admin):
    superior = admin(tree.county)
    dissolve(tree.branch, superior)
    nothing = dict.fromkeys(("founded_on", "term_ends_on", "latitude", "longitude"))
    for change in (
        lambda: update_basics(tree.branch, actor=branch_admin, phone="", address="某地", **nothing),
        lambda: change_settings(tree.branch, actor=branch_admin, screenshot_codes=False),
        lambda: change_settings(tree.branch, actor=superior, screenshot_codes=False),
    ):
        with pytest.raises(RuleError) as refused:
            change()
        assert refused.value.code == "not_active"


@pytest.mark.promise("F20")
def test_the_password_page_tells_ten_times_an_hour_whether_a_password_is_right(client, tree, branch_admin):
    signed_in(client, branch_admin)
    for number in range(11):
        data = {"old": f"Guess-{number:03d}a", "new": NEW, "again": NEW}
        errors = client.post("/password/", data).context["form"].errors
    assert "操作过于频繁" in str(errors)
    client.post("/password/", {"old": PASSWORD, "new": NEW, "again": NEW})
    password = branch_admin.password
    branch_admin.refresh_from_db()
    assert branch_admin.password == password
