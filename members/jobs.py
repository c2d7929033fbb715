"""What the worker does for members: check a workbook, import it, split a superior's register."""

from typing import Any, NamedTuple

from django.urls import reverse
from django.utils import timezone

from members.actions.guards import must_keep_members, must_split_registers
from members.actions.importing import import_members
from members.actions.parts import close_if_all_here, note_import
from members.actions.splitting import HandedDown, hand_down
from members.enums import CHECK
from members.member_sheet import IMPORTED, check_sheet, refuse_other_branches, refuse_rows
from members.models import Member
from members.queries.already_here import members_here
from members.queries.import_check import Checkup, RowProblem, refuse_taken
from members.register_sheet import Register, read_register
from members.validators.taken import Holder
from members.validators.text import compact, person_name
from sanjin.common.errors import RuleError
from sanjin.common.imports import counts
from sanjin.common.jobs import JobHandle, kept_for
from sanjin.common.masking import mask_all, mask_numbers
from sanjin.common.models import Job
from sanjin.common.xlsx import Sheet, read_sheet, write_error_rows, write_rows

SHOWN_ERRORS = 500  # on the page; the workbook of bad rows has them all
NAMED = 6  # people whom the page names before they are imported


class There(NamedTuple):
    """A row whose person is a member of this branch already."""

    row: int
    name: str  # as the row has it
    holder: Holder

    @property
    def same_name(self) -> bool:
        return person_name(compact(self.name)) == person_name(self.holder.name)

    def line(self) -> dict[str, Any]:
        """For the page; numbers that slipped into the column of names are masked."""
        return {"row": self.row, "name": mask_numbers(self.name), "member": str(self.holder.uuid)}

    def other_name(self) -> dict[str, Any]:
        """A number that was typed wrong may be a colleague's: nobody is told that all is well without a look."""
        reason = f"此公民身份号码已是本支部党员{self.holder.name}，与表中的姓名不同。请核对是谁的号码。"
        return {"row": self.row, "name": mask_numbers(self.name), "reason": reason}


def check_upload(job: JobHandle) -> None:
    """Read and check a workbook without writing any member. Report: `counts`, `errors` (with `code` and `data` for the
    next step), `warnings`, `good` (how many), `first` (names of the first), `there` (who is a member of this branch
    already: no error, counted apart), `unknown_branches`. Result: the bad rows, ready to correct.

    A part of a superior's register whose people are all members already is done with."""
    must_keep_members(job.actor)
    with job.open_input() as file:
        sheet = read_sheet(file, spec=IMPORTED)
    total = len(sheet.rows)
    job.progress(0, total)
    there = _leave_out_members(sheet, job)
    unknown = refuse_other_branches(sheet, job.actor.seat)
    checkup = check_sheet(sheet, today=timezone.localdate())
    good, taken = refuse_taken(checkup.candidates, organization_id=job.organization_id)
    _report(job, sheet, [*checkup.problems, *taken], checkup, there)
    found = counts.checked(total, len(good), len(there))
    first = [candidate.record.name for candidate in good[:NAMED]]
    job.report({"good": len(good), "counts": found, "first": first, "unknown_branches": unknown})
    job.progress(total, total, failed=len(sheet.rows) - len(good))
    if len(there) == total and job.params.get("part"):
        with job.once():
            job.report({"part_done": True})
            close_if_all_here(job.params["part"], organization_id=job.organization_id, actor=job.actor)


def import_upload(job: JobHandle) -> None:
    """Import the good rows of a checked workbook (`params.check`: uuid of its job). Rows and the job's end are one
    transaction, so a second attempt after a crash doubles nothing."""
    must_keep_members(job.actor)
    check = _check_of(job)
    with check.input.open("rb") as file:
        sheet = read_sheet(file, spec=IMPORTED)
    total = len(sheet.rows)
    job.progress(0, total)
    there = _leave_out_members(sheet, job)
    refuse_other_branches(sheet, job.actor.seat)
    checkup = check_sheet(sheet, today=timezone.localdate())
    with job.once():
        done = import_members(job.actor.seat, checkup, actor=job.actor)
        note_import(check, organization_id=job.organization_id, count=done.imported)
        _report(job, sheet, [*checkup.problems, *done.problems], checkup, there)
        job.report({"counts": counts.imported(total, done.imported, len(there))})
        job.progress(total, total, failed=len(sheet.rows) - done.imported)


def split_upload(job: JobHandle) -> None:
    """Split a superior's register by branch (F32; `params.add`: to what still waits, instead of replacing it). Parts and
    the job's end are one transaction. Report: `counts`, `errors`. Result: the rows to correct."""
    must_split_registers(job.actor)
    with job.open_input() as file:
        register = read_register(file, account=job.actor, tell=lambda done: job.check())
    branches, refused = len(register.parts), len(register.refused)
    job.progress(0, branches)
    if refused:
        rows = write_rows(
            register.headings_to_correct,
            register.rows_to_correct(),
            text=range(len(register.headings_to_correct)),
        )
        job.attach_result(counts.BAD_ROWS, rows)
    with job.once():
        done = hand_down(
            register,
            job_id=job.id,
            actor=job.actor,
            add=bool(job.params.get("add")),
            tell=lambda count: job.progress(count, branches),
        )
        page = {"label": "查看下发情况", "url": reverse("members:split-result", args=[job.uuid])}
        job.report(
            {
                "counts": _handed_down(register, done),
                "next": page,
                "replaced": done.replaced,
                "merged": {"all": done.rows + done.kept, "new": done.rows},
                "errors": register.errors(SHOWN_ERRORS),
                "errors_total": refused,
                "extra": mask_all(register.rows.extra[:20]),
            }
        )
        job.progress(branches, branches, failed=refused)


def _handed_down(register: Register, done: HandedDown) -> list[list[Any]]:
    """Rows of the file: handed down + already here + to correct. With what waited before, the branches' rows."""
    return [
        ["总行数", register.total],
        ["已下发", done.rows],
        *counts.apart(counts.THERE, register.here),
        ["支部", done.branches],
        ["需要改正", len(register.refused)],
        *counts.apart("并入的原有行", done.kept),
    ]


def _leave_out_members(sheet: Sheet, job: JobHandle) -> list[There]:
    """Who is a member of this branch already needs no import, whatever else is wrong with the row."""
    branch_id = job.organization_id
    if not Member.objects.present().filter(organization_id=branch_id).exists():
        return []  # a branch's first import
    asked = ((row.number, branch_id, row["id_number"] or "") for row in sheet.rows)
    names = {row.number: row["name"] or "" for row in sheet.rows}
    there = [There(number, names[number], holder) for number, holder in members_here(asked)]
    sheet.leave_out({each.row for each in there})
    return there


def _check_of(job: JobHandle) -> Job:
    check = Job.objects.visible_to(job.actor).filter(uuid=job.params["check"], kind=CHECK).first()
    if check is None or not check.input:
        raise RuleError(
            "import_expired", f"上传的文件已经清理（只保留 {kept_for()}）。请重新上传。", status=409
        )
    return check


def _report(
    job: JobHandle, sheet: Sheet, problems: list[RowProblem], checkup: Checkup, there: list[There]
) -> None:
    refuse_rows(sheet, problems)
    more = {(p.row, p.message): p for p in problems}
    errors: list[dict[str, Any]] = []
    names = {row.number: mask_numbers(row["name"] or "") for row in sheet.rows}
    for error in sheet.errors[:SHOWN_ERRORS]:
        line = sheet.in_clear(error) | {"name": names.get(error.row, "")}
        if problem := more.get((error.row, error.reason)):
            line |= {"code": problem.code, "data": problem.data}
        errors.append(line)
    warnings = [
        {"row": w.row, "name": names.get(w.row, ""), "reason": sheet.masked(w.row, w.message)}
        for w in checkup.warnings[:SHOWN_ERRORS]
    ]
    warnings += [each.other_name() for each in there if not each.same_name][:SHOWN_ERRORS]
    page = {"label": "查看检查和导入的结果", "url": reverse("members:import-result", args=[job.uuid])}
    job.report(
        {
            "next": page,
            "errors": errors,
            "errors_total": len(sheet.errors),
            "warnings": warnings,
            "there": [each.line() for each in there[:SHOWN_ERRORS]],
            "extra": mask_all(sheet.extra[:20]),
        }
    )
    if sheet.bad_numbers:
        job.attach_result(counts.BAD_ROWS, write_error_rows(sheet))
