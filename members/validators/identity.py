"""The citizen's ID number (GB 11643): 18 characters, a date, a sex and a check character.

python-stdnum refuses valid numbers of people born before 1984, so the check is ours.
"""

from datetime import date
from operator import mul
from re import compile as pattern
from typing import NamedTuple

from members.enums import Sex
from sanjin.common.errors import RuleError

from .text import compact

_SHAPE = pattern(r"\d{17}[\dX]")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = "10X98765432"
_ZEROS = ord("0") * sum(_WEIGHTS)
# The first two digits of every area code ever issued; a new one is possible, so an unknown one only warns.
_RANGES = ((11, 15), (21, 23), (31, 37), (41, 46), (50, 54), (61, 65), (71, 71), (81, 83))
_PROVINCES = frozenset(f"{code}" for first, last in _RANGES for code in range(first, last + 1))
OLDEST = 130  # years; nobody is older, so the date is a slip of the finger


class Identity(NamedTuple):
    """What an ID number tells."""

    number: str
    birth_date: date
    sex: Sex
    area_known: bool


def check_character(first_17: str) -> str:
    """ISO 7064, MOD 11-2."""
    return _CHECK[(sum(map(mul, _WEIGHTS, first_17.encode())) - _ZEROS) % 11]


def read_id_number(text: str, *, today: date) -> Identity:
    """Read an ID number as typed (spaces, full-width digits and a small x are put right).

    RuleError `id_number_missing`, `id_number_old` (15 digits), `id_number_shape`, `id_number_date`,
    `id_number_check`, each on the field id_number.
    """
    number = compact(text).upper()
    if not _SHAPE.fullmatch(number):
        raise _wrong_shape(number)
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        born = date.max
    if born > today or today.year - born.year > OLDEST:
        raise _refuse("date", f"第 7 至 14 位“{number[6:14]}”不是有效的出生日期。请对照身份证核对。")
    if number[17] != check_character(number[:17]):
        raise _refuse("check", "最后一位与前 17 位不符，至少有一位写错了。请对照身份证逐位核对。")
    sex = Sex.MALE if number[16] in "13579" else Sex.FEMALE
    return Identity(number, born, sex, number[:2] in _PROVINCES)


def _wrong_shape(number: str) -> RuleError:
    if not number:
        return _refuse("missing", "没有填写。请填写 18 位公民身份号码。")
    if len(number) == 15 and number.isdigit():
        return _refuse("old", "是 15 位的旧号码。请填写现在使用的 18 位公民身份号码。")
    if len(number) != 18:
        return _refuse("shape", f"应为 18 位，现在是 {len(number)} 位。请对照身份证核对。")
    return _refuse("shape", "只能由 17 位数字加 1 位数字或字母 X 组成。请对照身份证核对。")


def _refuse(kind: str, rest: str) -> RuleError:
    return RuleError(f"id_number_{kind}", f"公民身份号码{rest}", field="id_number")
