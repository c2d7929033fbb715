"""What the worker does for members: check a workbook, import it, split a superior's register."""

from typing import Any

from django.urls import reverse
from django.utils import timezone

from members.actions.guards import must_keep_members, must_split_registers
from members.actions.importing import import_members
from members.actions.parts import close_if_all_here, note_import
from members.actions.splitting import HandedDown, hand_down
from members.enums import CHECK
from members.member_sheet import IMPORTED, check_sheet, refuse_other_branches, refuse_rows
from members.queries.already_here import already_here
from members.queries.import_check import Checkup, RowProblem, refuse_taken
from members.register_sheet import Register, read_register
from sanjin.common.errors import RuleError
from sanjin.common.jobs import JobHandle, kept_for
from sanjin.common.masking import mask_all, mask_numbers
from sanjin.common.models import Job
from sanjin.common.xlsx import Sheet, read_sheet, write_error_rows, write_rows

SHOWN_ERRORS = 500  # on the page; the workbook of bad rows has them all
NAMED = 6  # people whom the page names before they are imported
BAD_ROWS = "需要改正的行.xlsx"
HERE = "已在本支部"  # of a superior's register: nothing to import, and no error


def check_upload(job: JobHandle) -> None:
    """Read and check a workbook without writing any member. Report: `counts`, `errors` (with `code` and `data` for the
    next step), `warnings`, `good` (how many), `first` (names of the first), `unknown_branches`. Result: the bad rows, ready to correct.

    Of a part of a superior's register, people who are members of this branch already are no errors but counted apart; a
    part with nobody else is done with."""
    must_keep_members(job.actor)
    with job.open_input() as file:
        sheet = read_sheet(file, spec=IMPORTED)
    total = len(sheet.rows)
    job.progress(0, total)
    here = _leave_out_members(sheet, job) if job.params.get("part") else 0
    unknown = refuse_other_branches(sheet, job.actor.seat)
    checkup = check_sheet(sheet, today=timezone.localdate())
    good, taken = refuse_taken(checkup.candidates, organization_id=job.organization_id)
    _report(job, sheet, [*checkup.problems, *taken], checkup)
    bad = len(sheet.rows) - len(good)
    counts = [["总行数", total], ["可以导入", len(good)], *_apart(HERE, here), ["需要改正", bad]]
    first = [candidate.record.name for candidate in good[:NAMED]]
    job.report({"good": len(good), "counts": counts, "first": first, "unknown_branches": unknown})
    job.progress(total, total, failed=bad)
    if here == total:
        with job.once():
            job.report({"all_here": here})
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
    here = _leave_out_members(sheet, job) if check.params.get("part") else 0
    refuse_other_branches(sheet, job.actor.seat)
    checkup = check_sheet(sheet, today=timezone.localdate())
    with job.once():
        done = import_members(job.actor.seat, checkup, actor=job.actor)
        note_import(check, organization_id=job.organization_id, count=done.imported)
        _report(job, sheet, [*checkup.problems, *done.problems], checkup)
        bad = len(sheet.rows) - done.imported
        job.report(
            {"counts": [["总行数", total], ["已导入", done.imported], *_apart(HERE, here), ["未导入", bad]]}
        )
        job.progress(total, total, failed=bad)


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
        job.attach_result(BAD_ROWS, rows)
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
        *_apart(HERE, register.here),
        ["支部", done.branches],
        ["需要改正", len(register.refused)],
        *_apart("并入的原有行", done.kept),
    ]


def _apart(label: str, count: int) -> list[list[Any]]:
    return [[label, count]] if count else []


def _leave_out_members(sheet: Sheet, job: JobHandle) -> int:
    branch_id = job.organization_id
    here = already_here((row.number, branch_id, row["id_number"] or "") for row in sheet.rows)
    sheet.leave_out(here)
    return len(here)


def _check_of(job: JobHandle) -> Job:
    check = Job.objects.visible_to(job.actor).filter(uuid=job.params["check"], kind=CHECK).first()
    if check is None or not check.input:
        raise RuleError(
            "import_expired", f"上传的文件已经清理（只保留{kept_for()}）。请重新上传。", status=409
        )
    return check


def _report(job: JobHandle, sheet: Sheet, problems: list[RowProblem], checkup: Checkup) -> None:
    refuse_rows(sheet, problems)
    more = {(p.row, p.message): p for p in problems}
    errors: list[dict[str, Any]] = []
    names = {row.number: mask_numbers(row["name"] or "") for row in sheet.rows}
    for error in sheet.errors[:SHOWN_ERRORS]:
        line = error.as_dict() | {"name": names.get(error.row, "")}
        if problem := more.get((error.row, error.reason)):
            line |= {"code": problem.code, "data": problem.data}
        errors.append(line)
    warnings = [
        {"row": w.row, "name": names.get(w.row, ""), "reason": mask_numbers(w.message)}
        for w in checkup.warnings[:SHOWN_ERRORS]
    ]
    page = {"label": "查看检查和导入的结果", "url": reverse("members:import-result", args=[job.uuid])}
    job.report({"next": page, "errors": errors, "warnings": warnings, "extra": mask_all(sheet.extra[:20])})
    if sheet.bad_numbers:
        job.attach_result(BAD_ROWS, write_error_rows(sheet))
