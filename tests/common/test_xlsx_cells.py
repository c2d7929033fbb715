"""What cells become: dates however they are written, digits kept whole, what is ambiguous refused with its reason."""

from datetime import date, datetime

import pytest

from sanjin.common.xlsx import Column
from sanjin.common.xlsx.cells import Bad, converter

DAY = converter(Column("d", "日期", "date"))
ID = converter(Column("i", "身份证号", "id"))
DIGITS = converter(Column("p", "电话", "digits", max_length=20))
TEXT = converter(Column("t", "姓名", max_length=5))
CHOICE = converter(Column("c", "性别", "choice", choices={"男": "male", "女": "female"}))


@pytest.mark.parametrize(
    "cell",
    [
        date(2020, 1, 2),
        datetime(2020, 1, 2, 8, 30),
        "2020-01-02",
        "2020-1-2",
        "2020/1/2",
        "2020.01.02",
        "2020年1月2日",
        "2020 年 1 月 2 日",
        "20200102",
        " 2020-01-02 00:00:00 ",
        "２０２０－０１－０２",
        20200102.0,
        43832.0,  # Excel's own count of days
    ],
)
def test_date_is_read_however_it_is_written(cell):
    assert DAY(cell) == date(2020, 1, 2)


@pytest.mark.parametrize("cell", ["2020-13-01", "2021-02-29", "20201301", 20201301.0])
def test_day_that_does_not_exist_is_named(cell):
    with pytest.raises(Bad, match="没有 202[01] 年"):
        DAY(cell)


@pytest.mark.parametrize(
    "cell",
    ["2020", "2020-01", "202001", 2020.0, 202001.0, "20-1-2", "1/2/2020", "去年", 1.5, date(1066, 1, 1)],
)
def test_ambiguous_date_is_refused(cell):
    with pytest.raises(Bad, match="年月日"):
        DAY(cell)


def test_bare_day_numbers_of_a_1904_workbook_are_refused():
    convert = converter(Column("d", "日期", "date"), date1904=True)
    assert convert(date(2020, 1, 2)) == date(2020, 1, 2)
    with pytest.raises(Bad):
        convert(43832.0)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("11010519491231002x", "11010519491231002X"),
        (" 1101 0519491231002X ", "11010519491231002X"),
        ("", None),
        (None, None),
    ],
)
def test_id_number_is_text(cell, value):
    assert ID(cell) == value


@pytest.mark.parametrize("cell", [1.10105194912310e17, 110105491231002.0, 1.0])
def test_id_number_as_a_number_is_refused_with_the_remedy(cell):
    with pytest.raises(Bad, match="请将该列设为文本格式"):
        ID(cell)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (13800000000.0, "13800000000"),
        ("１３８ ０００００００ 0", "13800000000"),
        ("0351-5550100", "0351-5550100"),
        (" ", None),
    ],
)
def test_phone_may_be_a_number(cell, value):
    assert DIGITS(cell) == value


@pytest.mark.parametrize("cell", [1.38e20, 138.5, -1.0])
def test_number_that_lost_digits_is_refused(cell):
    with pytest.raises(Bad, match="文本格式"):
        DIGITS(cell)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("\u3000张\u200b三 ", "张三"),
        ("张\u00a0三", "张 三"),
        (12.0, "12"),
        (1.5, "1.5"),
        (True, "是"),
        ("\ufeff", None),
    ],
)
def test_text_is_cleaned(cell, value):
    assert TEXT(cell) == value


def test_text_too_long_and_error_values_are_refused():
    with pytest.raises(Bad, match="超过 5 个字"):
        TEXT("一二三四五六")
    with pytest.raises(Bad, match="#REF!"):
        TEXT("#REF!")


def test_choice_is_translated_or_refused_with_the_list():
    assert (CHOICE("男"), CHOICE(" 女 "), CHOICE("")) == ("male", "female", None)
    with pytest.raises(Bad, match="可选：男、女"):
        CHOICE("未知")
