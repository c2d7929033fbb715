"""Mobile numbers and landlines."""

from re import compile as pattern

from sanjin.common.errors import RuleError

from .text import compact

_MOBILE = pattern(r"1[3-9]\d{9}")
_DECORATION = str.maketrans("", "", "-—–‐()")
_CHINA = ("+86", "0086")
# 010 and 020 to 029 have three digits, every other area code four.
_LANDLINE = pattern(r"(010|02\d|0[3-9]\d{2})([1-9]\d{6,7})")


def undecorated(text: str) -> str:
    """A number without what people write between its digits."""
    return compact(text).translate(_DECORATION)


def without_country(number: str) -> str:
    """`+8613812345678`, `008613812345678` → `13812345678`."""
    for prefix in _CHINA:
        if number.startswith(prefix):
            return number[len(prefix) :]
    return number


def read_mobile(text: str) -> str:
    """`138 1234 5678`, `+86-13812345678` → `13812345678`. RuleError `phone_shape` on the field phone."""
    number = without_country(undecorated(text))
    if _MOBILE.fullmatch(number):
        return number
    raise RuleError(
        "phone_shape",
        "手机号码应是 11 位数字，以 13 至 19 开头。请核对；固定电话请填在“联系固定电话”里。",
        field="phone",
    )


def read_landline(text: str) -> str:
    """`(0351)1234567`, `03511234567` → `0351-1234567`. RuleError `landline_shape` on the field landline."""
    match = _LANDLINE.fullmatch(without_country(undecorated(text)))
    if match:
        return f"{match[1]}-{match[2]}"
    raise RuleError(
        "landline_shape",
        "联系固定电话应是区号加 7 至 8 位号码，如 0351-1234567。请补上区号或核对号码。",
        field="landline",
    )
