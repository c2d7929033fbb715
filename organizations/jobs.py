"""Jobs of this app: the preview of a structure workbook, and its import."""

from django.urls import reverse

from organizations.actions.imports import import_organizations
from organizations.enums import Nature
from organizations.models import Organization
from organizations.queries.import_plan import Plan, Planned
from organizations.structure_sheet import spec
from sanjin.common.imports import counts
from sanjin.common.jobs import JobHandle
from sanjin.common.masking import mask_all, mask_numbers
from sanjin.common.xlsx import Row, Sheet, read_sheet, write_error_rows

PREVIEW, IMPORT = "organizations.preview", "organizations.import"
ERRORS_KEPT, ROWS_KEPT = 500, 200


def preview_structure(job: JobHandle) -> None:
    """Check every row of the upload and name the bad ones; nothing is written. Report as the check of members: `counts`,
    `errors`, `there`, `good` (how many), `rows` (the first of them)."""
    with job.open_input() as file:
        sheet = read_sheet(file, spec=spec())
    total = len(sheet.rows)
    plan = Plan(sheet, Organization.objects.get(pk=job.actor.organization_id))
    _report(job, sheet, plan.there, counts.checked(total, len(plan.good), len(plan.there)))
    job.report({"rows": [_line(planned) for planned in plan.good[:ROWS_KEPT]], "good": len(plan.good)})
    job.progress(total, total, len(sheet.bad_numbers))


def import_structure(job: JobHandle) -> None:
    """Import the good rows in one transaction; checked again, because the tree may have changed since the preview."""
    with job.open_input() as file:
        sheet = read_sheet(file, spec=spec())
    total = len(sheet.rows)
    with job.once():
        done = import_organizations(sheet, actor=job.actor, progress=job.progress, source=str(job.uuid))
        _report(job, sheet, done.there, counts.imported(total, len(done.made), len(done.there)))
        job.progress(total, total, len(sheet.bad_numbers))


def _report(job: JobHandle, sheet: Sheet, there: list[Row], found: counts.Counts) -> None:
    errors = sheet.errors
    page = reverse("organizations:import_preview", args=[job.uuid])
    job.report(
        {
            "next": {"label": "查看检查和导入的结果", "url": page},
            "counts": found,
            "errors": [sheet.in_clear(error) for error in errors[:ERRORS_KEPT]],
            "errors_total": len(errors),
            "there": [{"row": row.number, "name": mask_numbers(row["name"])} for row in there[:ROWS_KEPT]],
            "extra": mask_all(sheet.extra[:20]),
        }
    )
    if errors:
        job.attach_result(counts.BAD_ROWS, write_error_rows(sheet))


def _line(planned: Planned) -> list[str]:
    return [planned.name, str(planned.parent), Nature(planned.nature).label, planned.row["type"]]
