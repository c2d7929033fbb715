"""Jobs of this app: the preview of a structure workbook, and its import."""

from django.urls import reverse

from organizations.actions.imports import import_organizations
from organizations.enums import Nature
from organizations.models import Organization
from organizations.queries.import_plan import Plan, Planned
from organizations.structure_sheet import spec
from sanjin.common.jobs import JobHandle
from sanjin.common.xlsx import Sheet, read_sheet, write_error_rows

PREVIEW, IMPORT = "organizations.preview", "organizations.import"
ERRORS_KEPT, ROWS_KEPT = 1000, 200


def preview_structure(job: JobHandle) -> None:
    """Check every row of the upload and name the bad ones; nothing is written."""
    with job.open_input() as file:
        sheet = read_sheet(file, spec=spec())
    plan = Plan(sheet, Organization.objects.get(pk=job.actor.organization_id))
    _report(job, sheet, [["可导入", len(plan.good)], ["有误", len(sheet.bad_numbers)]])
    job.report({"rows": [_line(planned) for planned in plan.good[:ROWS_KEPT]], "good": len(plan.good)})
    if plan.good:
        address = reverse("organizations:import_preview", args=[job.uuid])
        job.report({"next": {"label": f"预览并导入 {len(plan.good)} 个组织", "url": address}})
    else:
        job.report({"note": "没有需要导入的行，原因见下面每一行；需要改正的，改正后再上传。"})
    job.progress(len(sheet.rows), len(sheet.rows), len(sheet.bad_numbers))


def import_structure(job: JobHandle) -> None:
    """Import the good rows in one transaction; checked again, because the tree may have changed since the preview."""
    with job.open_input() as file:
        sheet = read_sheet(file, spec=spec())
    with job.once():
        made = import_organizations(sheet, actor=job.actor, progress=job.progress, source=str(job.uuid))
        _report(job, sheet, [["新增组织", len(made)], ["有误，未导入", len(sheet.bad_numbers)]])
        # whoever imports a structure may also generate its accounts; only the page's address is known here
        job.report({"next": {"label": "生成管理员账号", "url": reverse("accounts:generate")}})
        job.progress(len(sheet.rows), len(sheet.rows), len(sheet.bad_numbers))


def _report(job: JobHandle, sheet: Sheet, counts: list[list]) -> None:
    errors = sheet.errors
    ignored = f"以下列不导入：{'、'.join(sheet.extra)}。" if sheet.extra else ""
    job.report(
        {
            "counts": [["数据行", len(sheet.rows)], *counts],
            "errors": [error.as_dict() for error in errors[:ERRORS_KEPT]],
            "errors_total": len(errors),
            "note": ignored,
        }
    )
    if errors:
        job.attach_result("组织架构-有误的行.xlsx", write_error_rows(sheet))


def _line(planned: Planned) -> list[str]:
    return [planned.name, str(planned.parent), Nature(planned.nature).label, planned.row["type"]]
