"""From what a cell holds to what a row gets. Called for each cell of thousands of rows: the usual case comes first."""

import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from . import spec


class Bad(ValueError):
    """The cell is refused; the text is the reason that its row shows."""


Convert = Callable[[Any], Any]

AS_TEXT = "身份证号等长数字被 Excel 按数值保存，后几位已丢失，请将该列设为文本格式后重新填写"
LONGEST = (
    1000  # characters of a cell: no column wants more, and what reads them must not be asked for a million
)
LONGEST_DATE = 40
DATE_FORMAT = "日期无法识别，请写成 2020-01-02 这样的年月日"
FIRST_SERIAL, LAST_SERIAL = 7306, 73415  # 1920-01-01, 2101-01-01 in Excel's count of days
ERRORS = {"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!"}


def clean(text: str) -> str:
    """Strip blanks of all kinds, zero-width and control characters; keep what is inside."""
    text = text.strip()
    if text.isprintable():
        return text
    kept = (" " if c.isspace() else c for c in text if c.isspace() or unicodedata.category(c)[0] != "C")
    return "".join(kept).strip()


def to_text(value: Any) -> str | None:
    if type(value) is not str:
        return _other_to_text(value)
    value = value.strip()
    if not value:
        return None
    if len(value) > LONGEST:
        raise Bad(f"内容有 {len(value):,} 个字，超过 {LONGEST:,} 个，请核对是否粘贴错了")
    if value[0] == "#" and value in ERRORS:
        raise Bad(f"单元格是错误值 {value}，请填写内容")
    return value if value.isprintable() else clean(value) or None


def _other_to_text(value: Any) -> str | None:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d") if value.time() == datetime.min.time() else str(value)
    return None if value is None else str(value)


def shown(value: Any) -> str:
    """What a person would see in the cell."""
    return value.strip() if isinstance(value, str) else _other_to_text(value) or ""


def to_digits(value: Any) -> str | None:
    """Numbers of up to 15 digits are whole in Excel; full-width digits and blanks between are mended."""
    if type(value) is str:
        value = value.strip()
        if value.isdecimal() and value.isascii() and len(value) <= LONGEST:
            return value
    elif isinstance(value, float) and not (value.is_integer() and 0 <= value < 1e15):
        raise Bad("数字不完整，请将该列设为文本格式后重新填写")
    text = to_text(value)
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)) if text else None


def to_id(value: Any) -> str | None:
    if type(value) is str:
        value = value.strip()
        if value.isalnum() and value.isascii() and len(value) <= LONGEST:
            return value.upper()
        text = to_text(value)
        return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).upper() if text else None
    if value is None:
        return None
    raise Bad(AS_TEXT)


_TEXT_DATES = re.compile(
    r"(?P<y>(?:19|20)\d\d)(?:[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})|年(?P<m2>\d{1,2})月(?P<d2>\d{1,2})日?"
    r"|(?P<m3>\d\d)(?P<d3>\d\d))(?:[T ]\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?)?"
)


@lru_cache(maxsize=20_000)
def _date_of_text(text: str) -> date:
    found = _TEXT_DATES.fullmatch(re.sub(r"\s*([-/.年月日])\s*", r"\1", text))
    if not found:
        raise Bad(DATE_FORMAT)
    month = found["m"] or found["m2"] or found["m3"]
    day = found["d"] or found["d2"] or found["d3"]
    try:
        return date(int(found["y"]), int(month), int(day))
    except ValueError:
        raise Bad(f"没有 {found['y']} 年 {int(month)} 月 {int(day)} 日这一天，请核对日期")


def to_date(value: Any) -> date | None:
    kind = type(value)
    if kind is date:
        return _plausible(value)
    if kind is datetime:
        return _plausible(value.date())
    if kind is float and value.is_integer():
        if FIRST_SERIAL <= value <= LAST_SERIAL:
            return date(1899, 12, 30) + timedelta(days=int(value))
        return _date_of_text(str(int(value)))
    text = to_text(value)
    if text and len(text) > LONGEST_DATE:
        raise Bad(DATE_FORMAT)
    return _date_of_text(unicodedata.normalize("NFKC", text)) if text else None


def _plausible(value: date) -> date:
    if not 1900 <= value.year <= 2100:
        raise Bad(DATE_FORMAT)
    return value


def converter(column: spec.Column, *, date1904: bool = False) -> Convert:
    """The function for a column's cells: value → text, date, choice or None; raises Bad with the reason."""
    if column.kind == spec.CHOICE:
        return _choice(column)
    if column.kind == spec.DATE:
        return _without_serials if date1904 else to_date
    if column.kind == spec.ID:
        return to_id
    convert = to_digits if column.kind == spec.DIGITS else to_text
    return _short(convert, column.max_length) if column.max_length else convert


def _without_serials(value: Any) -> date | None:
    """Bare day numbers of a workbook that counts from 1904 are four years off: ambiguous, so refused."""
    if type(value) is float and FIRST_SERIAL <= value <= LAST_SERIAL:
        raise Bad(DATE_FORMAT)
    return to_date(value)


def _short(convert: Convert, limit: int) -> Convert:
    def short(value: Any) -> str | None:
        text = convert(value)
        if text is not None and len(text) > limit:
            raise Bad(f"超过 {limit} 个字，请缩短")
        return text

    return short


def _choice(column: spec.Column) -> Convert:
    choices = dict(column.choices)

    def choice(value: Any) -> Any:
        if type(value) is str and value in choices:
            return choices[value]
        text = to_text(value)
        if text is None or text in choices:
            return choices.get(text)
        most = list(choices)[:20]
        raise Bad(f"“{text[:20]}”不在可选项中，可选：{'、'.join(most)}")

    return choice
