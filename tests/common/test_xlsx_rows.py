"""Large workbooks, row by row: the same refusals as `read_sheet`, and nothing that Excel has lost comes back as if it stood."""

from datetime import date, datetime
from io import BytesIO

import pytest
from openpyxl import Workbook

from sanjin.common.errors import RuleError
from sanjin.common.xlsx import Column, Limits, Rows, SheetSpec

SPEC = SheetSpec(
    "people",
    "名册",
    1,
    columns=(
        Column("name", "姓名", required=True, example="张示例"),
        Column("id_number", "身份证", "id", required=True, example="1401"),
        Column("day", "日期", "date"),
    ),
)
LIMITS = Limits(bytes=1_000_000, inflated=10_000_000, rows=5)
HEADINGS = ["姓名", "身份证", "日期"]


def read(*rows, limits=LIMITS, change=None, headings=HEADINGS) -> list[tuple[int, list[str], str]]:
    book = Workbook()
    sheet = book.active
    sheet.append(headings)
    for row in rows:
        sheet.append(row)
    if change:
        change(sheet)
    file = BytesIO()
    book.save(file)
    return list(Rows(file, spec=SPEC, limits=limits))


def code(*rows, **options) -> str:
    with pytest.raises(RuleError) as caught:
        read(*rows, **options)
    return caught.value.code


def test_rows_come_as_people_see_them_with_excels_own_numbers():
    rows = read(
        ["王一", "14010519880301001X", date(2012, 7, 1)],
        [None, "  ", None],
        ["李二", "140105", datetime(2012, 7, 1)],
        ["张三", "140106", 41091],
    )
    assert rows == [
        (2, ["王一", "14010519880301001X", "2012-07-01"], ""),
        (4, ["李二", "140105", "2012-07-01"], ""),
        (5, ["张三", "140106", "2012-07-01"], ""),
    ]


def test_an_id_number_that_became_a_number_is_empty_and_named():
    (number, texts, lost), *_ = read(["王一", 140105198803010010, "2012-07-01"])
    assert (number, texts) == (2, ["王一", "", "2012-07-01"])
    assert "设为文本格式" in lost


def test_a_formula_is_named_in_its_row_also_where_the_table_begins_to_the_right():
    rows = read(["王一", "1", None], ["=A2", "2", None], headings=HEADINGS)
    assert [bool(lost) for _, _, lost in rows] == [False, True]

    def move(sheet):
        sheet.insert_cols(1, 2)

    assert [bool(lost) for _, _, lost in read(["王一", "1", None], ["=C2", "2", None], change=move)] == [
        False,
        True,
    ]


def test_a_formula_beside_the_known_columns_does_no_harm():
    rows = read(["王一", "1", None, "=1+1"], headings=[*HEADINGS, "序号"])
    assert rows[0][2] == ""


def test_the_templates_example_is_skipped():
    assert [texts[0] for _, texts, _ in read(["张示例", "1401", None], ["王一", "1", None])] == ["王一"]


def test_merged_data_and_missing_columns_are_refused():
    assert code(["王一", "1", None], change=lambda sheet: sheet.merge_cells("A2:A3")) == "xlsx_merged"
    assert code(["王一", "1"], headings=["姓名", "号码"]) == "xlsx_columns"


def test_limits_are_its_own():
    assert code(*(["王一", str(n), None] for n in range(6))) == "xlsx_too_many_rows"
    rows = [["王一", str(n), None] for n in range(3)]
    assert code(*rows, limits=Limits(1_000_000, 10_000_000, 5, cells=11)) == "xlsx_too_many_cells"
    assert code(*rows, limits=Limits(100, 10_000_000, 5)) == "xlsx_too_big"
    assert code(*rows, limits=Limits(1_000_000, 1000, 5)) == "xlsx_bomb"


def test_a_cell_far_to_the_right_is_not_allocated():
    limits = Limits(1_000_000, 10_000_000, 5, cells=100)

    def stretch(sheet):
        sheet["CV4"] = "x"

    assert code(["王一", "1", None], change=stretch, limits=limits) == "xlsx_too_many_cells"


def test_more_formulas_than_can_be_remembered_are_refused(monkeypatch):
    monkeypatch.setattr("sanjin.common.xlsx.guard.KEPT", 2)
    assert code(["=A1", "1", None], ["=A1", "2", None]) == "xlsx_formulas"
