"""Admin accounts: generated for those who lack one, and managed by the direct superior committee (F16, F35, F42)."""

import time
from io import BytesIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.actions import freeze, generate_admins, reset_password, unfreeze, unlock
from accounts.actions.login import log_in_admin
from accounts.enums import AccountState
from accounts.hashers import ALPHABET
from accounts.models import Account
from accounts.slips import read_slips
from organizations.models import Organization
from sanjin.common import jobs
from sanjin.common.errors import RuleError
from sanjin.common.models import AuditEntry, Job, JobState
from tests.factories import ONE_TIME, PASSWORD, admin, organization

pytestmark = pytest.mark.django_db


@pytest.fixture
def city_admin(tree):
    return admin(tree.city, "tyw00001")


@pytest.fixture
def county_admin(tree):
    return admin(tree.county, "yzq00001")


def refusal(action, *args, **kwargs):
    with pytest.raises(RuleError) as refused:
        action(*args, **kwargs)
    return refused.value.code


def log_in(account, password=PASSWORD):
    return log_in_admin(account.name, password, device="", address="10.0.0.1")


@pytest.mark.promise("F42")
def test_generation_gives_every_organisation_below_without_one_an_account(tree, city_admin):
    admin(tree.general, "tys00007")
    issued = generate_admins(tree.city, prefix="TYS", actor=city_admin)
    assert [(i.name, i.organization) for i in issued] == [
        ("tys00008", tree.county),
        ("tys00009", tree.branch),
    ]
    rows = Account.objects.filter(name__in=[i.name for i in issued])
    assert {row.state for row in rows} == {AccountState.ISSUED}
    for i in issued:
        assert log_in(i, i.secret).organization == i.organization
    assert refusal(generate_admins, tree.city, prefix="tys", actor=city_admin) == "nothing_to_generate"
    entry = AuditEntry.objects.get(verb="admins.generated")
    assert entry.data == {"prefix": "tys", "count": 2, "names": ["tys00008", "tys00009"]}


def test_generation_skips_what_is_dissolved(tree, city_admin):
    Organization.objects.filter(pk=tree.branch.pk).update(state="dissolved")
    issued = generate_admins(tree.city, prefix="tys", actor=city_admin)
    assert {i.organization for i in issued} == {tree.county, tree.general}


def test_one_time_passwords_are_random_and_never_stored_in_clear(tree, city_admin):
    issued = generate_admins(tree.city, prefix="tys", actor=city_admin)
    secrets = {i.secret.replace("-", "") for i in issued}
    assert len(secrets) == len(issued)
    assert all(len(s) == 15 and set(s) <= set(ALPHABET) for s in secrets)
    stored = " ".join(Account.objects.values_list("password", flat=True)) + str(
        list(AuditEntry.objects.values())
    )
    assert not any(i.secret in stored or i.secret.replace("-", "") in stored for i in issued)


@pytest.mark.promise("F42")
def test_the_page_proposes_the_prefix_of_the_committees_own_account(client, tree, city_admin):
    client.force_login(city_admin)
    start_session(client)
    form = client.get("/settings/admins/generate/").context["form"]
    assert city_admin.name.startswith(form["prefix"].value()) and form["prefix"].value().isalpha()


@pytest.mark.promise("F42")
@pytest.mark.parametrize("prefix", ["ty s", " tys", "tys\u3000", "t", "tys1", "太原", "tys-", "a" * 11])
def test_a_bad_prefix_gets_its_sentence_and_nothing_is_made(client, tree, city_admin, prefix):
    client.force_login(city_admin)
    start_session(client)
    response = client.post("/settings/admins/generate/", {"prefix": prefix})
    assert response.status_code == 422
    assert "前缀" in response.context["form"].errors["prefix"][0]
    assert Job.objects.count() == 0 and Account.objects.count() == 1


def test_the_page_says_how_many_are_led_directly_and_how_many_in_all(client, tree, city_admin):
    client.force_login(city_admin)
    start_session(client)
    page = client.get("/settings/admins/generate/")
    assert page.context["lacking"] == 3
    assert "直属的 1 个组织还没有管理员账号，连同更下级的共 3 个。" in page.content.decode()


def start_session(client):
    session = client.session
    session["began"] = session["seen"] = int(time.time())
    session.save()


@pytest.mark.parametrize("who", ["branch", "general"])
def test_only_committees_generate(client, tree, who):
    account = admin(getattr(tree, who))
    assert refusal(generate_admins, tree.branch, prefix="tys", actor=account) == "generation_refused"
    client.force_login(account)
    start_session(client)
    assert client.get("/settings/admins/generate/").status_code == 403


def test_generation_stays_in_the_actors_scope(tree, county_admin):
    for outside in (tree.city, tree.cousin):
        assert refusal(generate_admins, outside, prefix="tys", actor=county_admin) == "generation_refused"


@pytest.mark.django_db(transaction=True)
@pytest.mark.promise("F42")
def test_generation_as_a_job_gives_a_workbook_and_slips_to_its_owner_alone(client, tree, city_admin):
    client.force_login(city_admin)
    start_session(client)
    response = client.post("/settings/admins/generate/", {"prefix": "tys"})
    job = Job.objects.get()
    assert response["Location"] == f"/jobs/{job.uuid}/"
    jobs.run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.report["counts"]) == (JobState.DONE, [["生成账号", 3]])
    slips = read_slips(BytesIO(job.result.read()))
    assert [s.name for s in slips] == ["tys00001", "tys00002", "tys00003"]
    assert log_in(slips[2], slips[2].secret).organization == tree.branch
    page = client.get(f"/settings/admins/slips/{job.uuid}/")
    assert page.status_code == 200 and page["Cache-Control"].startswith("max-age=0, no-cache, no-store")
    assert all(s.secret in page.content.decode() for s in slips)
    seen = AuditEntry.objects.get(
        verb="job.downloaded"
    )  # who has seen the passwords is known, as of the workbook
    assert (seen.actor_id, seen.subject_id) == (city_admin.pk, job.pk)
    assert (
        page.content.decode().count("http://testserver/login/")
        == page.content.decode().count("<svg xmlns")
        == 3
    )
    other = Client()
    other.force_login(admin(tree.root))
    start_session(other)
    assert other.get(f"/settings/admins/slips/{job.uuid}/").status_code == 404


def test_a_thousand_accounts_are_generated_at_once(tree, city_admin, django_assert_max_num_queries):
    kind = tree.branch.type
    rows = [
        Organization(
            name=f"支部{n}",
            nature="branch",
            type=kind,
            path=f"{tree.county.path}{n:04d}"[:255],
            depth=4,
            search="",
        )
        for n in range(5000, 6000)
    ]
    Organization.objects.bulk_create(rows)
    with django_assert_max_num_queries(15):
        issued = generate_admins(tree.city, prefix="tys", actor=city_admin)
    assert len(issued) == 1003


MANAGED = {"reset": reset_password, "unlock": unlock, "unfreeze": unfreeze}


@pytest.mark.promise("F16", "F35")
@pytest.mark.parametrize("who", ["root", "city", "general", "branch", "cousin", "self"])
@pytest.mark.parametrize("action", ["reset", "unlock", "unfreeze", "freeze"])
def test_only_the_direct_superior_committee_manages_an_account(tree, branch_admin, who, action):
    actor = branch_admin if who == "self" else admin(getattr(tree, who))
    if action == "freeze":
        assert refusal(freeze, branch_admin, reason="调离", actor=actor) == "superior_only"
    else:
        assert refusal(MANAGED[action], branch_admin, actor=actor) == "superior_only"


@pytest.mark.parametrize("action", ["reset", "unlock", "unfreeze", "freeze"])
def test_an_organisation_that_has_been_moved_meanwhile_has_another_superior(
    tree, branch_admin, county_admin, action
):
    Organization.objects.filter(pk=tree.branch.pk).update(path=f"{tree.cousin.path}0001", depth=3)
    asked = {"freeze": freeze, **MANAGED}[action]
    more = {"reason": "调离"} if action == "freeze" else {}
    assert refusal(asked, branch_admin, actor=county_admin, **more) == "superior_only"


def test_the_roots_account_is_managed_by_another_root_admin(tree):
    one, two = admin(tree.root), admin(tree.root)
    assert refusal(reset_password, one, actor=one) == "superior_only"
    assert reset_password(one, actor=two).name == one.name


@pytest.mark.promise("F16")
def test_reset_ends_sessions_and_leads_to_a_new_activation(client, sign_in, tree, branch_admin, county_admin):
    sign_in("tys00012")
    assert client.get("/password/").status_code == 200
    issued = reset_password(branch_admin, actor=county_admin)
    assert client.get("/password/").status_code == 302
    assert "不正确" in sign_in("tys00012").content.decode()
    assert sign_in("tys00012", issued.secret)["Location"] == "/activate/"


def test_freeze_ends_sessions_for_good(client, sign_in, branch_admin, county_admin):
    sign_in("tys00012")
    freeze(branch_admin, reason="人员调离", actor=county_admin)
    assert client.get("/password/").status_code == 302
    unfreeze(branch_admin, actor=county_admin)
    assert client.get("/password/").status_code == 302
    assert sign_in("tys00012").status_code == 302


def test_unfreeze_returns_to_where_the_account_was(tree, county_admin):
    issued = admin(tree.branch, "tys00050", state=AccountState.ISSUED)
    reset_password(issued, actor=county_admin)
    freeze(issued, reason="核实", actor=county_admin)
    assert unfreeze(issued, actor=county_admin).state == AccountState.ISSUED


@pytest.mark.parametrize(
    ("state", "action", "allowed"),
    [
        ("issued", "freeze", True),
        ("active", "freeze", True),
        ("frozen", "freeze", False),
        ("issued", "unfreeze", False),
        ("active", "unfreeze", False),
        ("frozen", "unfreeze", True),
        ("issued", "reset", True),
        ("active", "reset", True),
        ("frozen", "reset", False),
    ],
)
def test_states_allow(tree, county_admin, state, action, allowed):
    account = admin(tree.branch, "tys00060", state=state)
    call = {
        "freeze": lambda: freeze(account, reason="核实", actor=county_admin),
        "unfreeze": lambda: unfreeze(account, actor=county_admin),
        "reset": lambda: reset_password(account, actor=county_admin),
    }[action]
    if allowed:
        call()
    else:
        assert refusal(call) == "wrong_state"


@pytest.mark.promise("F35")
def test_unlock_lets_in_at_once(branch_admin, county_admin):
    for _ in range(5):
        refusal(log_in, branch_admin, "wrong-1!")
    assert refusal(log_in, branch_admin) == "locked"
    assert unlock(branch_admin, actor=county_admin) == 1
    assert log_in(branch_admin) == branch_admin


@pytest.mark.promise("F35")
def test_the_page_of_a_locked_account_says_so_and_until_when(client, branch_admin, county_admin):
    client.force_login(county_admin)
    start_session(client)
    address, listed = f"/settings/admins/{branch_admin.name}/", "/settings/admins/"
    free = client.get(address).content.decode()
    assert "现在不能登录" not in free and "/unlock/" not in free
    assert "已锁定" not in client.get(listed).content.decode()
    for _ in range(5):
        refusal(log_in, branch_admin, "wrong-1!")
    page = client.get(address).content.decode()
    assert "现在不能登录" in page and "锁定至" in page and "/unlock/" in page
    assert client.get(listed).content.decode().count("已锁定") == 1
    unlock(branch_admin, actor=county_admin)
    assert "现在不能登录" not in client.get(address).content.decode()


def test_an_expired_slip_is_named(tree, county_admin, django_user_model):
    account = admin(tree.branch, "tys00070", state="issued")
    django_user_model.objects.filter(pk=account.pk).update(one_time_until="2026-01-01T00:00+08:00")
    assert refusal(log_in, account, ONE_TIME) == "one_time_expired"


def test_list_shows_the_scope_with_constant_queries(client, tree, county_admin):
    def read(query=""):
        with CaptureQueriesContext(connection) as queries:
            listing = client.get(f"/settings/admins/{query}").context["listing"]
        return {row.name for row, _cells in listing.rows}, len(queries)

    admin(tree.branch, "tys00080")
    admin(tree.cousin, "dts00001")
    client.force_login(county_admin)
    start_session(client)
    names, for_two = read()
    assert names == {"yzq00001", "tys00080"}
    admin(organization("第二支部", nature="branch", below=tree.county), "tys00081")
    admin(tree.general, "tys00082")
    assert read() == ({"yzq00001", "tys00080", "tys00081", "tys00082"}, for_two)
    assert read("?q=tys&state=active&nature=branch")[0] == {"tys00080", "tys00081"}
    assert client.get("/settings/admins/dts00001/").status_code == 404
    assert client.get("/settings/admins/yzq99999/").status_code == 404


def test_pages_of_one_account(client, tree, county_admin, branch_admin):
    client.force_login(county_admin)
    start_session(client)
    assert "重置密码" in client.get("/settings/admins/tys00012/").content.decode()
    slip = client.post("/settings/admins/tys00012/reset/")
    assert slip.status_code == 200 and "一次性口令" in slip.content.decode()
    assert client.post("/settings/admins/tys00012/freeze/", {"reason": " "}).status_code == 422
    assert client.post("/settings/admins/tys00012/freeze/", {"reason": "调离"}).status_code == 302
    assert "已冻结" in client.get("/settings/admins/tys00012/").content.decode()
    assert client.post("/settings/admins/tys00012/unfreeze/").status_code == 302
    assert client.post("/settings/admins/tys00012/unlock/").status_code == 302
    assert client.get("/settings/admins/tys00012/reset/").status_code == 405
