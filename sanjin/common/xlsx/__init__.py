"""Workbooks: a hostile or wrong file gets a sentence, a good one becomes rows; exports carry no formula.

SPEC = SheetSpec("members", "党员导入模板", 1, columns=(Column("name", "姓名", required=True, max_length=30), …))

check_upload(file)                       # in the request: cheap, size and kind of file
sheet = read_sheet(file, spec=SPEC)      # in the worker: everything
for row in sheet.rows: row.number, row["name"]
sheet.refuse(row, "name", "与第 3 行重复")
write_error_rows(sheet)                  # the bad rows, ready to correct and upload again

for number, texts, lost in Rows(file, spec=SPEC, limits=Limits(…))   # too large for that: row by row, unconverted
"""

from .guard import Limits
from .reader import check_upload, read_sheet
from .rows import Rows
from .sheet import Row, RowError, Sheet
from .spec import Column, SheetSpec
from .template import write_error_rows, write_filled, write_template
from .writer import write_rows

__all__ = [
    "Column",
    "Limits",
    "Row",
    "RowError",
    "Rows",
    "Sheet",
    "SheetSpec",
    "check_upload",
    "read_sheet",
    "write_error_rows",
    "write_filled",
    "write_rows",
    "write_template",
]
