"""Workbooks: a hostile or wrong file gets a sentence, a good one becomes rows; exports carry no formula.

SPEC = SheetSpec("members", "党员导入模板", 1, columns=(Column("name", "姓名", required=True, max_length=30), …))

check_upload(file)                       # in the request: cheap, size and kind of file
sheet = read_sheet(file, spec=SPEC)      # in the worker: everything
for row in sheet.rows: row.number, row["name"]
sheet.refuse(row, "name", "与第 3 行重复")
write_error_rows(sheet)                  # the bad rows, ready to correct and upload again
"""

from .reader import check_upload, read_sheet
from .sheet import Row, RowError, Sheet
from .spec import Column, SheetSpec
from .template import write_error_rows, write_template
from .writer import write_rows

__all__ = [
    "Column",
    "Row",
    "RowError",
    "Sheet",
    "SheetSpec",
    "check_upload",
    "read_sheet",
    "write_error_rows",
    "write_rows",
    "write_template",
]
