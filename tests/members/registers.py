"""Registers of a superior for tests: a place to split them in, and what each branch finds."""

from types import SimpleNamespace

from django.core.files.base import ContentFile

from members.enums import SPLIT
from members.models import RegisterPart
from organizations.enums import Nature
from sanjin.common.jobs import run, start_job
from sanjin.common.models import Job
from tests.factories import organization

from .workbooks import HEADINGS, line, workbook

COLUMN = "所在党支部"


def planted() -> SimpleNamespace:
    """A city with a county, two general branches that both have a 第一支部, and a branch of its own; a cousin city."""
    root = organization("省委")
    city = organization("太原市委", below=root)
    cousin = organization("大同市委", below=root)
    east, west = (
        organization(f"{side}局党总支", nature=Nature.GENERAL_BRANCH, below=city) for side in "东西"
    )
    made = {
        "root": root,
        "city": city,
        "east": east,
        "west": west,
        "east_first": organization("第一支部", nature=Nature.BRANCH, below=east),
        "west_first": organization("第一支部", nature=Nature.BRANCH, below=west),
        "own": organization("机关支部", nature=Nature.BRANCH, below=city),
        "foreign": organization("外市支部", nature=Nature.BRANCH, below=cousin),
    }
    for row in made.values():
        row.refresh_from_db()
    return SimpleNamespace(**made)


def of(branch: str, **values) -> dict:
    return {COLUMN: branch} | line(**values)


def register(*rows: dict, column: str = COLUMN) -> bytes:
    rows = tuple({column if key == COLUMN else key: value for key, value in row.items()} for row in rows)
    return workbook(*rows, headings=[column, *HEADINGS])


def split(actor, content: bytes, *, add: bool = False) -> Job:
    file = ContentFile(content, "名册.xlsx")
    job = start_job(SPLIT, title="拆分名册", actor=actor, upload=file, params={"add": add})
    run(job.pk)
    job.refresh_from_db()
    return job


def reasons(job: Job) -> dict[int, str]:
    return {error["row"]: error["reason"] for error in job.report["errors"]}


def waiting(branch) -> RegisterPart:
    return RegisterPart.objects.waiting().get(branch=branch)


def people(branch) -> list[str]:
    return [row["name"] for row in waiting(branch).lines()]
