"""Rules of one organisation's own data."""

import re
from decimal import Decimal
from enum import Enum

from django.core.exceptions import ValidationError

CHINA_LATITUDES = (Decimal(3), Decimal(54))
CHINA_LONGITUDES = (Decimal(73), Decimal(136))

PHONE = re.compile(r"(?:0\d{2,3}-?)?\d{7,8}(?:-\d{1,6})?|1\d{10}|400-?\d{3}-?\d{4}")


class Position(Enum):
    """What a pair of coordinates is: inside China, the two mixed up, or neither."""

    GOOD = "good"
    SWAPPED = "swapped"
    OUTSIDE = "outside"


def judge_position(latitude: Decimal, longitude: Decimal) -> Position:
    """F27, in degrees. The two ranges don't overlap, so a swap is certain."""
    if _in_china(latitude, longitude):
        return Position.GOOD
    return Position.SWAPPED if _in_china(longitude, latitude) else Position.OUTSIDE


def _in_china(latitude: Decimal, longitude: Decimal) -> bool:
    return (
        CHINA_LATITUDES[0] <= latitude <= CHINA_LATITUDES[1]
        and CHINA_LONGITUDES[0] <= longitude <= CHINA_LONGITUDES[1]
    )


def validate_phone(text: str) -> None:
    """A landline with or without area code, a mobile number, or 400."""
    if not PHONE.fullmatch(text):
        raise ValidationError(
            "电话号码的格式不对。请写成 0351-5550100 或 13800000000 这样的号码。", code="phone"
        )
