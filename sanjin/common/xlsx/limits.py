"""How large a workbook may be, and how it is refused."""

from dataclasses import dataclass

from django.conf import settings

from sanjin.common.errors import RuleError

SAVE_AS = "请用 Excel 或 WPS 打开后另存为“Excel 工作簿（.xlsx）”，再上传。"


def refuse(code: str, message: str, **data) -> RuleError:
    """All refusals of a whole file: status 400, code `xlsx_…`."""
    return RuleError(f"xlsx_{code}", message, field="file", **data)


@dataclass(frozen=True)
class Limits:
    """How large a workbook may be: bytes as uploaded, bytes when inflated, rows of data, different texts, and cells of the
    used range (the reader allocates all of them; None: as many as rows and columns allow)."""

    bytes: int
    inflated: int
    rows: int
    strings: int = 1_000_000
    cells: int | None = None


def usual() -> Limits:
    """Of a workbook that is imported."""
    return Limits(settings.XLSX_MAX_BYTES, settings.XLSX_MAX_INFLATED, settings.XLSX_MAX_ROWS)


def too_large(limits: Limits) -> RuleError:
    limit = limits.inflated // 2**20
    return refuse(
        "bomb", f"文件展开后超过 {limit} MB，不能导入。请只保留要导入的数据，删除图片和多余的工作表后再上传。"
    )


def too_many_rows(limit: int) -> RuleError:
    return refuse("too_many_rows", f"数据超过 {limit} 行。请分成几个文件，逐个上传。")
