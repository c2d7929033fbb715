"""How personal data is shown unless somebody asks, with a reason that is logged, for the full value."""

import re

_NUMBER = re.compile(r"\d{7,}[Xx]?")


def mask_id_number(text: str) -> str:
    """`140105199001011234` → `1401**********1234`."""
    return f"{text[:4]}{'*' * (len(text) - 8)}{text[-4:]}" if len(text) >= 8 else "*" * len(text)


def mask_phone(text: str) -> str:
    """`13812345678` → `138****5678`; landlines keep the area code and the last two digits."""
    if len(text) == 11 and text.startswith("1"):
        return f"{text[:3]}****{text[-4:]}"
    return f"{text[:4]}****{text[-2:]}" if len(text) > 6 else "*" * len(text)


def mask_name(text: str) -> str:
    """`张建国` → `张*`, whatever its length, so that the length tells nothing (F23)."""
    return f"{text[:1]}*" if text else ""


def mask_numbers(text: str) -> str:
    """ID numbers and phones inside a text of which nobody knows that it holds any: a column that slipped."""
    return _NUMBER.sub(
        lambda found: (mask_phone if len(found[0]) <= 12 else mask_id_number)(found[0]),
        text,
    )
