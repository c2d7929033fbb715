"""The sample in a real database: whole, consistent, and loaded by the actions that write everything else."""

from datetime import date

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test import override_settings
from django.utils import timezone
from PIL import Image

from accounts.enums import AccountState, Role
from accounts.models import Account
from meetings.enums import MeetingState, Phase
from meetings.models import Meeting
from members.enums import SPLIT
from members.models import Member, MemberPost
from members.validators import check_record
from organizations.models import Organization, Standing
from organizations.queries.import_plan import Plan
from organizations.structure_sheet import spec
from points.actions import recompute_all, recompute_dirty
from points.models import PointEntry
from points.periods import codes_of, month_code
from sanjin.common import jobs
from sanjin.common.models import AuditEntry
from sanjin.common.xlsx import read_sheet
from workbench.sample import workbooks
from workbench.sample.load import demo, members, photos
from workbench.sample.load.copying import copy_rows
from workbench.sample.people import people
from workbench.sample.scales import DEMO, TINY
from workbench.sample.tree import SEED, grow

from .totals import assert_balances_equal_the_ledger, assert_totals

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def media(tmp_path_factory):
    return tmp_path_factory.mktemp("media")


@pytest.fixture(autouse=True)
def files(media, settings):
    """All tests of this module look at the files of the one load."""
    settings.MEDIA_ROOT = media


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker, media):
    """Loaded once; each test's own transaction lies inside this one."""
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=media), transaction.atomic():
        yield demo.load(TINY, SEED, say=lambda line: None)
        transaction.set_rollback(True)


def test_generated_people_pass_the_rules_of_a_member():
    fields = members.Record.__dataclass_fields__.keys() - {"accounts"}
    for branch in grow(DEMO).branches():
        for person in people(branch, SEED):
            record = members.record(person)
            checked = check_record({key: getattr(record, key) for key in fields}, today=date(2026, 11, 22))
            assert (checked.problems, checked.warnings) == ([], [])


def test_the_register_is_split_among_the_waiting_branches(loaded, tmp_path):
    """All rows but the one with a wrong branch, by the account that the sample gives to the committee."""
    show = loaded[0].showcase
    rows = workbooks.register_rows(show.waiting, SEED)
    content = workbooks.write_book(tmp_path / "register.xlsx", rows).read_bytes()
    actor = Account.objects.admins().filter(organization__name=show.committee.name).first()
    upload = ContentFile(content, "register.xlsx")
    job = jobs.start_job(SPLIT, title="拆分名册", actor=actor, upload=upload)
    jobs.run(job.pk)
    job.refresh_from_db()
    assert [number for _, number in job.report["counts"]] == [len(rows), len(rows) - 1, len(show.waiting), 1]


def test_load_writes_the_tree_and_its_members(loaded):
    province, _ = loaded
    assert Organization.objects.find_problems() == ([], [], [], [], [])
    assert Organization.objects.count() == Standing.objects.count() == TINY.organisations
    assert Member.objects.count() == TINY.members
    branch = Organization.objects.get(name=province.showcase.branch.name)
    planned = list(people(province.showcase.branch, SEED))
    stored = Member.objects.filter(organization=branch).order_by("id")
    assert [member.name for member in stored] == [person.name for person in planned]
    assert [member.id_number for member in stored] == [person.id_number for person in planned]
    assert stored[0].posts.get(post__name="书记").exclusive
    assert MemberPost.objects.count() == 4 * TINY.branches - 4 * TINY.waiting


def test_structure_workbook_passes_the_import_and_its_spoiled_one_does_not(loaded, tmp_path):
    province, _ = loaded
    committee = province.showcase.empty_committee
    top = Organization.objects.get(name=committee.name)
    rows = workbooks.structure_rows(committee, SEED)
    for name, lines in (("good", rows), ("spoiled", workbooks.spoiled_structure(rows))):
        path = workbooks.write_book(tmp_path / f"{name}.xlsx", lines)
        with path.open("rb") as file:
            plan = Plan(read_sheet(file, spec=spec()), top)
        assert len(plan.good) == len(rows), plan.sheet.errors


def test_load_leaves_some_members_incomplete(loaded):
    incomplete = Member.objects.incomplete().count()
    assert 0 < incomplete < TINY.members / 4
    with Image.open(default_storage.open(photos.NAME)) as image:
        assert image.size == photos.SIZE


def test_load_gives_one_sample_account_for_each_role(loaded):
    _, listed = loaded
    admins = [Account.objects.admins().get(name=line.name) for line in listed if line.url == "/"]
    assert {account.role for account in admins} == set(Role) - {Role.MEMBER}
    assert all(
        account.check_password(line.password)
        for account, line in zip(admins, [line for line in listed if line.url == "/"], strict=True)
    )
    assert [account.state for account in admins].count(AccountState.ISSUED) == 1
    members_listed = [line for line in listed if line.url == "/app/"]
    assert len(members_listed) == Account.objects.filter(kind="member").count() == 3


def test_load_is_in_the_audit(loaded):
    assert AuditEntry.objects.get(verb="sample.loaded").data["scale"] == "tiny"


def test_command_refuses_a_database_with_organisations(loaded, tmp_path):
    with pytest.raises(CommandError, match="already has organisations"):
        call_command("sample_province", scale="tiny", workbooks=tmp_path)


def test_copy_rows_fills_the_columns_that_are_not_named(loaded):
    organization = Organization.objects.first()
    copy_rows(
        Account,
        ["name", "kind", "organization_id", "password"],
        [("abc00001", "admin", organization.id, "!")],
    )
    account = Account.objects.get(name="abc00001")
    assert (account.state, account.display_name, account.activated_at) == (AccountState.ISSUED, "", None)
    assert connection.in_atomic_block


def test_load_has_meetings_whose_points_add_up(loaded):
    province, _ = loaded
    branch = Organization.objects.get(name=province.showcase.branch.name)
    today = timezone.localdate()
    assert {meeting.phase for meeting in Meeting.objects.filter(organization=branch)} >= {
        Phase.RUNNING,
        Phase.SCHEDULED,
        Phase.AWAITING_MINUTES,
    }
    held = Meeting.objects.filter(state=MeetingState.CLOSED)
    assert all(meeting.closed_at < timezone.now() for meeting in held)
    assert PointEntry.objects.exists() == held.exists()
    assert_balances_equal_the_ledger(today.year)
    for period in {*codes_of(today), *(month_code(timezone.localdate(each.starts_at)) for each in held)}:
        assert_totals(period)
    assert (recompute_dirty(), recompute_all()) == (0, 0)
