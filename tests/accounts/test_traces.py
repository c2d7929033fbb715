"""What a login that fails, a lock, a logout and a download leave behind (threats.md)."""

import logging

import pytest
from django.test import Client
from rest_framework.test import APIClient

from accounts.trail import entries_visible_to
from sanjin.common import jobs
from sanjin.common.jobs.queries import result_address
from sanjin.common.models import AuditEntry, Job
from tests.factories import admin, member, signed_in

DEVICE = "d" * 32


def entry(verb):
    return AuditEntry.objects.get(verb=verb)


@pytest.mark.promise("F35")
@pytest.mark.parametrize("name", ["tys00012", "nobody"])
def test_a_lock_is_in_the_audit_whether_the_account_exists_or_not(sign_in, branch_admin, name):
    for _ in range(6):
        sign_in(name, "wrong-1!")
    locked = entry("account.locked")
    assert (locked.actor_id, locked.address) == (None, "127.0.0.1")
    assert locked.subject_id == (branch_admin.pk if name == "tys00012" else None)
    assert locked.organization_id == (branch_admin.organization_id if name == "tys00012" else None)


@pytest.mark.promise("F35")
def test_the_branch_admin_sees_a_members_lock(branch_admin, tree, settings):
    settings.LOGIN_FAILURES_TO_CAPTCHA = 5
    person = member(tree.branch, phone="13812345678")
    for _ in range(6):
        data = {"account": "13812345678", "password": "wrong-1!", "device": DEVICE}
        APIClient().post("/api/v1/auth/login/", data, format="json")
    seen = entries_visible_to(branch_admin).get(verb="member.locked")
    assert seen.subject_id == person.pk


def test_a_failed_login_is_a_log_line_without_the_name(sign_in, branch_admin, caplog):
    with caplog.at_level(logging.INFO, "accounts"):
        sign_in("tys00012", "wrong-1!")
        sign_in("tys00012", "wrong-2!")
        sign_in("nobody", "wrong-1!")
    first, second, other = [r.getMessage() for r in caplog.records if "login failed" in r.getMessage()]
    assert first == second != other
    assert "tys00012" not in caplog.text and "wrong" not in caplog.text


def test_a_logout_is_in_the_audit_once(client, branch_admin):
    signed_in(client, branch_admin).post("/logout/")
    client.post("/logout/")
    assert entry("account.logged_out").actor_id == branch_admin.pk


def test_the_audits_export_says_what_it_is_for(branch_admin, settings):
    settings.EXPORT_REASON_ABOVE = 0
    client = signed_in(Client(), branch_admin)
    AuditEntry.objects.create(verb="member.edited", organization_id=branch_admin.organization_id)
    assert client.post("/settings/audit/export/").status_code == 400
    assert client.post("/settings/audit/export/", {"reason": "年度检查"}).status_code == 302
    assert entry("list.exported").reason == "年度检查"


@pytest.mark.django_db(transaction=True)
def test_a_download_is_in_the_audit(client, tree):
    keeper = admin(tree.branch)
    member(tree.branch)
    signed_in(client, keeper).post("/members/export/")
    job = Job.objects.get()
    jobs.run(job.pk)
    job.refresh_from_db()
    assert client.get(result_address(job)).status_code == 200
    downloaded = entry("job.downloaded")
    assert (downloaded.actor_id, downloaded.subject_label) == (keeper.pk, "导出党员名册")
