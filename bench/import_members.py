"""import.members: a workbook of 5,000 rows by the worker's own path, against the least that any import must do.

Ours: the import job from its bell to its end: guarding the archive, reading, every rule, duplicates against the database,
sealed fields, blind indexes, pinyin keys, COPY into the table with all its indexes and triggers, history, audit.
Floor: python-calamine reads the file, two fields are sealed, the rows are copied into a table without any index.
The check before it (what the preview shows) and the peak memory of a process that does nothing else are printed too.
"""

import subprocess
import sys
from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO
from random import Random
from tempfile import NamedTemporaryFile
from uuid import uuid4

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import connection
from openpyxl import Workbook
from python_calamine import CalamineWorkbook

from accounts.enums import AccountKind, AccountState
from accounts.models import Account
from bench._report import timed
from members.enums import CHECK, IMPORT
from members.member_sheet import SPEC
from members.models import Member
from members.validators.identity import check_character
from organizations.models import Organization, OrganizationType
from sanjin.common.jobs import run as run_job
from sanjin.common.jobs import start_job
from sanjin.common.models import Job, JobState
from sanjin.common.sealing import seal

ROWS = 5000
RUNS = 9
MEMORY_LIMIT = 200  # MB
HEADINGS = [column.heading for column in SPEC.columns]
SEALED_AT = [HEADINGS.index("公民身份号码"), HEADINGS.index("手机号码")]


def run(report: Callable[..., None]) -> None:
    """report(name, ours=seconds, floor=seconds, note=…), once for the time and once for the memory."""
    rng = Random(uuid4().int)
    # Everybody's numbers follow from a place of their own: two workbooks that share some would be an import with refusals.
    first = rng.randrange(10**7)
    pairs, checks = [], []
    for number in range(RUNS):
        content = workbook(first + number * ROWS, rng)
        admin = new_branch_admin(number)
        floor = timed(lambda content=content: least(content))
        check = start(CHECK, admin, upload=ContentFile(content, "党员.xlsx"))
        checks.append(timed(lambda check=check: run_job(check.pk)))
        job = start(IMPORT, admin, check=str(check.uuid))
        pairs.append((timed(lambda job=job: run_job(job.pk)), floor))
        confirm(job, admin)
    # Both are work of one process and the database's for a fraction of a second: the least is what they take, more is
    # what else the machine did.
    ours, floor = (min(column) for column in zip(*pairs, strict=True))
    note = f"{ROWS} rows, best of {RUNS}; the check before it {min(checks):.2f} s"
    report("import.members", ours=ours, floor=floor, note=note)
    report(
        "import.memory",
        ours=peak_memory(workbook(first + RUNS * ROWS, rng)),
        floor=MEMORY_LIMIT,
        note="MB, peak",
    )


def least(content: bytes) -> None:
    """Read, seal two fields, COPY."""
    rows = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()[1:]
    lines = []
    for row in rows:
        uuid = uuid4()
        for place in SEALED_AT:
            row[place] = f"\\\\x{seal(row[place], label='floor', uuid=uuid).hex()}"
        lines.append("\t".join(row))
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS bench_floor")
        cursor.execute(f"CREATE TABLE bench_floor ({', '.join(f'c{i} text' for i in range(len(HEADINGS)))})")
        cursor.copy_expert("COPY bench_floor FROM STDIN", BytesIO("\n".join(lines).encode()))
        cursor.execute("DROP TABLE bench_floor")


def start(kind: str, admin: Account, *, upload: ContentFile | None = None, **params: str) -> Job:
    return start_job(kind, title="bench", actor=admin, params=params, upload=upload)


def confirm(job: Job, admin: Account) -> None:
    """A fast import that imported nothing would be no result."""
    job.refresh_from_db()
    count = Member.objects.filter(organization=admin.organization).count()
    if job.state != JobState.DONE or count != ROWS:
        errors = (job.report or {}).get("errors", [])[:3]
        raise RuntimeError(f"imported {count} of {ROWS}: {job.state} {job.message} {errors}")


def peak_memory(content: bytes) -> int:
    """MB of a fresh process that runs one check and one import, as a worker's child does."""
    with NamedTemporaryFile(suffix=".xlsx") as file:
        file.write(content)
        file.flush()
        command = [sys.executable, "-m", "bench._import_alone", file.name]
        done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=settings.BASE_DIR)
    return int(done.stdout.split()[-1])


def import_whole(content: bytes) -> None:
    """One check and one import into a new branch."""
    admin = new_branch_admin(RUNS)
    check = start(CHECK, admin, upload=ContentFile(content, "党员.xlsx"))
    run_job(check.pk)
    job = start(IMPORT, admin, check=str(check.uuid))
    run_job(job.pk)
    confirm(job, admin)


def new_branch_admin(number: int) -> Account:
    kind, _ = OrganizationType.objects.get_or_create(nature="branch", name="机关")
    root = Organization.objects.filter(depth=1).first()
    if root is None:
        top, _ = OrganizationType.objects.get_or_create(nature="committee", name="省委")
        root = Organization.objects.add_root(
            instance=Organization(name="量测用省委", nature="committee", type=top)
        )
    branch = Organization(name=f"量测用支部{number}", nature="branch", type=kind)
    branch = Organization.objects.add_child(root, instance=branch)
    return Account.objects.create(
        name=f"bench{uuid4().hex[:12]}",
        kind=AccountKind.ADMIN,
        state=AccountState.ACTIVE,
        organization=branch,
        display_name="量测",
    )


SURNAMES, GIVEN = (
    "王李张刘陈杨赵黄周吴徐孙马朱胡郭何高林罗单曾解",
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀兰霞平刚桂英华建国",
)


def workbook(first: int, rng: Random) -> bytes:
    """A branch of ROWS people, from place `first` on: numbers that pass every check, one in ten without a mobile phone."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("党员信息")
    sheet.append(HEADINGS)
    for place in range(first, first + ROWS):
        sheet.append(list(person(place, rng).values()))
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def person(number: int, rng: Random) -> dict[str, str]:
    born = date(1945, 1, 1) + timedelta(days=rng.randrange(20_000))
    stem = f"14{number // 1000 % 10_000:04d}{born:%Y%m%d}{number % 1000:03d}"
    phoneless = number % 10 == 0
    return {
        "姓名": rng.choice(SURNAMES) + rng.choice(GIVEN) + rng.choice(GIVEN),
        "公民身份号码": stem + check_character(stem),
        "性别": "男" if number % 2 else "女",
        "民族": "汉族",
        "出生日期": born.isoformat(),
        "学历": "大学",
        "人员类别": "正式党员",
        "加入党组织日期": "2021-07-01",
        "转正日期": "2022-07-01",
        "工作岗位": "教师",
        "手机号码": "" if phoneless else f"154{number % 10**8:08d}",
        "联系固定电话": f"0351-{20_000_000 + number % 10**7}" if phoneless else "",
        "家庭住址": f"迎泽大街{number % 999}号3栋201室",
        "党籍状态": "正常",
        "是否失联": "否",
        "失联日期": "",
        "是否流动党员": "否",
        "外出流向": "",
    }
