"""操作日志: each admin sees the entries of its scope, with before and after; every verb has a Chinese name."""

import ast
import time
from pathlib import Path

import pytest
from django.conf import settings
from python_calamine import CalamineWorkbook

from accounts.actions import freeze
from accounts.trail import changes_of, entries_visible_to, more_of
from organizations.actions import structure
from sanjin.common import jobs, verbs
from sanjin.common.audit import audited
from sanjin.common.models import AuditEntry, Job
from tests.factories import admin, member

APPS = ("accounts", "organizations", "members", "points", "meetings", "workbench", "sanjin")


def verbs_in_the_source():
    """First argument of each call of `audited` (and of helpers that pass it on)."""
    for app in APPS:
        for path in Path(settings.BASE_DIR, app).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text())):
                name = getattr(node, "func", None)
                called = getattr(name, "id", getattr(name, "attr", ""))
                if called in {"audited", "managed"} and node.args and isinstance(node.args[0], ast.Constant):
                    yield node.args[0].value


def test_every_verb_has_a_chinese_name():
    missing = {verb for verb in verbs_in_the_source() if verb not in verbs.labels()}
    assert missing == set()


@pytest.fixture
def entries(tree):
    actor = admin(tree.root)
    for name in ("root", "city", "county", "branch", "cousin"):
        with audited(
            "organization.renamed", actor=actor, subject=getattr(tree, name), organization=getattr(tree, name)
        ):
            pass
    with audited("sample.loaded", actor=None):
        pass


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("who", "seen"),
    [
        ("root", {"山西省委", "太原市委", "迎泽区委", "财政局第一支部", "大同市委", ""}),
        ("city", {"太原市委", "迎泽区委", "财政局第一支部"}),
        ("general", {"财政局第一支部"}),
        ("branch", {"财政局第一支部"}),
        ("cousin", {"大同市委"}),
    ],
)
def test_each_admin_sees_its_scope(tree, entries, who, seen):
    account = admin(getattr(tree, who))
    assert {entry.subject_label for entry in entries_visible_to(account)} == seen


@pytest.mark.django_db
def test_an_entry_shows_what_changed(tree, branch_admin):
    freeze(branch_admin, reason="人员调离", actor=admin(tree.county))
    entry = AuditEntry.objects.get(verb="account.frozen")
    changes = {(c.label, c.before, c.after) for c in changes_of(entry)}
    assert changes == {("状态", "正常", "已冻结"), ("冻结原因", "", "人员调离")}


@pytest.mark.django_db
def test_a_move_is_told_in_names_and_no_column_that_has_none(tree):
    actor = admin(tree.root)
    structure.move_organization(tree.branch, tree.county, actor=actor, reason="机构改革")
    structure.rename_organization(tree.branch, actor=actor, name="财政局机关支部")
    moved = AuditEntry.objects.get(verb="organization.moved")
    assert changes_of(moved) == []
    assert more_of(moved) == [("原上级组织", tree.general.name), ("现上级组织", tree.county.name)]
    renamed = changes_of(AuditEntry.objects.get(verb="organization.renamed"))
    assert [(c.label, c.before, c.after) for c in renamed] == [
        ("组织名称", "财政局第一支部", "财政局机关支部")
    ]


@pytest.mark.django_db
def test_sealed_values_stay_sealed(tree):
    person = member(tree.branch, phone="13812345678")
    with audited("member.edited", actor=None, subject=person, organization=tree.branch):
        person.phone = person.account_name = "13912345678"
        person.save()
    changes = changes_of(AuditEntry.objects.get(verb="member.edited"))
    assert ("手机号码", "（已加密）", "（已加密）") in {(c.label, c.before, c.after) for c in changes}
    assert "139" not in str(changes)


@pytest.mark.django_db
def test_pages(client, tree, entries, branch_admin):
    client.force_login(branch_admin)
    session = client.session
    session["began"] = session["seen"] = int(time.time())
    session.save()
    assert client.get("/settings/")["Location"] == "/settings/audit/"
    page = client.get("/settings/audit/?verb=organization.renamed&since=2026-01-01")
    assert [row.subject_label for row, _ in page.context["listing"].rows] == ["财政局第一支部"]
    assert list(client.get("/settings/audit/?who=nobody").context["listing"].rows) == []
    assert list(client.get("/settings/audit/?until=2020-01-01").context["listing"].rows) == []
    assert client.get("/settings/audit/?since=nonsense").status_code == 200
    mine = AuditEntry.objects.get(subject_label="财政局第一支部")
    theirs = AuditEntry.objects.get(subject_label="大同市委")
    detail = client.get(f"/settings/audit/{mine.uuid}/")
    assert "组织更名" in detail.content.decode()
    assert client.get(f"/settings/audit/{theirs.uuid}/").status_code == 404


def entry_of_branch():
    return AuditEntry.objects.get(subject_label="财政局第一支部", verb="organization.renamed")


@pytest.mark.django_db(transaction=True)
def test_the_list_exports_what_it_shows(client, tree, entries, branch_admin):
    client.force_login(branch_admin)
    session = client.session
    session["began"] = session["seen"] = int(time.time())
    session.save()
    assert client.post("/settings/audit/export/?verb=organization.renamed").status_code == 302
    job = Job.objects.get()
    jobs.run(job.pk)
    job.refresh_from_db()
    with job.result.open("rb") as file:
        rows = CalamineWorkbook.from_filelike(file).get_sheet_by_index(0).to_python()
    assert [row[1:4] for row in rows[1:]] == [[entry_of_branch().actor_label, "组织更名", "财政局第一支部"]]


def test_what_else_an_entry_recorded_is_said_in_words():
    """No internal key reaches a page; what has no name for people stays out."""
    entry = AuditEntry(data={"device_name": "HUAWEI", "late": True, "names": ["a1", "a9"], "member": 7})
    assert more_of(entry) == [("账号起止", "a1、a9"), ("设备", "HUAWEI"), ("迟到", "是")]
