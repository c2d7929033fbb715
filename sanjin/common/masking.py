"""How personal data is shown unless somebody asks, with a reason that is logged, for the full value."""

import re
import unicodedata
from collections.abc import Iterable

_NUMBER = re.compile(r"\d{7,}[Xx]?")
_NUMBER_OR_LANDLINE = re.compile(r"(?:0\d{2,3}-)?\d{7,}[Xx]?")
_DAY = r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"  # of a birth date
# What members are found by: ID numbers (18 characters, 15 of old), the last 11 characters of one (F30), mobile phones
# with or without the country, landlines. In this order: a longer one is not taken for a shorter one.
_PERSONAL = (
    re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)"),
    re.compile(rf"(?<!\d)[1-9]\d{{7}}{_DAY}\d{{3}}(?!\d)"),
    re.compile(
        r"(?:(?<!\d)|(?<=(?<![0-9A-Za-z])86)|(?<=(?<![0-9A-Za-z])0086))1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)"
    ),
    re.compile(rf"(?<![0-9A-Za-z])[09]\d{{2}}{_DAY}\d{{3}}[\dXx](?![0-9A-Za-z])"),
    re.compile(r"(?<![0-9A-Za-z.:])0\d{2,3}[- ]?\d{7,8}(?!\d)"),
)


def mask_id_number(text: str) -> str:
    """`140105199001011234` → `1401**********1234`."""
    return f"{text[:4]}{'*' * (len(text) - 8)}{text[-4:]}" if len(text) >= 8 else "*" * len(text)


def mask_phone(text: str) -> str:
    """`13812345678` → `138****5678`; landlines keep the area code, if there is one, and the last two digits."""
    if len(text) == 11 and text.startswith("1"):
        return f"{text[:3]}****{text[-4:]}"
    if len(text) > 9:
        return f"{text[:4]}****{text[-2:]}"
    return f"****{text[-2:]}" if len(text) > 6 else "*" * len(text)


def mask_address(text: str) -> str:
    """The beginning only: enough to find the place on a list, not the door."""
    return f"{text[:4]}****" if text else ""


def mask_name(text: str) -> str:
    """`张建国` → `张*`, whatever its length, so that the length tells nothing (F23)."""
    return f"{text[:1]}*" if text else ""


def mask_personal(text: str) -> str:
    """ID numbers, phones and login names inside a text that is written for machines and operators: a log line. Numbers
    that only are long (ids, times) stay."""
    for pattern in _PERSONAL:
        text = pattern.sub(lambda found: _mask_digits(found[0]), text)
    return text


def _mask_digits(found: str) -> str:
    digits = re.sub("[- ]", "", found)
    if len(digits) >= 15:
        return mask_id_number(digits)
    return mask_phone(digits) if digits.startswith("1") else f"****{digits[-2:]}"


def mask_numbers(text: str) -> str:
    """ID numbers and phones inside a text of which nobody knows that it holds any: a column that slipped."""
    return _NUMBER.sub(
        lambda found: (mask_phone if len(found[0]) <= 12 else mask_id_number)(found[0]),
        text,
    )


def mask_numbers_of(texts: Iterable[str], sentence: str) -> str:
    """`mask_numbers` of a sentence about a row of a workbook, whose cells are `texts`: what stands in one of them, whole
    or in part, is masked; an office's phone, or the example of a format, is there to be read."""
    standing = [_digits(text) for text in texts]

    def masked(found: re.Match[str]) -> str:
        digits = _digits(found[0])
        return mask_numbers(found[0]) if any(digits in each for each in standing) else found[0]

    return _NUMBER_OR_LANDLINE.sub(masked, sentence)


def _digits(text: str) -> str:
    """However they are written: full-width, or with blanks and strokes between them."""
    return re.sub(r"\D", "", unicodedata.normalize("NFKC", text))


def mask_all(texts: Iterable[str]) -> list[str]:
    """`mask_numbers` of each."""
    return [mask_numbers(text) for text in texts]
