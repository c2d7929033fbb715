"""The workbook of generated accounts, and reading it back for printing: the only place where the one-time passwords
stand in clear, and it goes away with the job's files (settings.JOB_FILES_KEPT_HOURS)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import IO

from django.urls import reverse
from python_calamine import CalamineWorkbook

from accounts.actions.admins import KIND, Issued, generate_admins
from organizations.models import Organization
from sanjin.common import xlsx
from sanjin.common.formats import day
from sanjin.common.jobs import JobHandle

HEADINGS = ("组织名称", "部门性质", "账号", "一次性口令", "有效期至")
FILE = "管理员账号.xlsx"


@dataclass(frozen=True)
class Slip:
    """One printed slip."""

    organization: str
    nature: str
    name: str
    secret: str
    until: str


def write_slips(issued: Sequence[Issued]) -> IO[bytes]:
    rows = (
        (i.organization.name, i.organization.get_nature_display(), i.name, i.secret, day(i.until))
        for i in issued
    )
    return xlsx.write_rows(HEADINGS, rows, title="管理员账号", text=(2, 3), widths=(40, 12, 16, 24, 18))


def read_slips(file: IO[bytes]) -> list[Slip]:
    rows = CalamineWorkbook.from_filelike(file).get_sheet_by_index(0).to_python()
    return [Slip(*map(str, row[: len(HEADINGS)])) for row in rows[1:]]


def run_generation(job: JobHandle) -> None:
    """Runner of `accounts.generate_admins`: accounts and workbook are one transaction, so nothing is half-done."""
    organization = Organization.objects.get(pk=job.params["organization"])
    with job.once():
        issued = generate_admins(
            organization, prefix=job.params["prefix"], actor=job.actor, progress=job.progress
        )
        job.attach_result(FILE, write_slips(issued))
        job.report(
            {
                "counts": [["生成账号", len(issued)]],
                "note": "一次性口令只在这个文件里，请及时下载或打印，交给各组织后妥善销毁。",
                "next": {"label": "打印账号条", "url": reverse("accounts:slips", args=[job.uuid])},
            }
        )


__all__ = ["FILE", "HEADINGS", "KIND", "Slip", "read_slips", "run_generation", "write_slips"]
