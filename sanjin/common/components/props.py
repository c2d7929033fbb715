"""Props with a fixed set of values."""

from typing import Any


def one_of(prop: str, value: str, allowed: Any) -> str:
    """`value`, if it is one of `allowed`; else ValueError."""
    if value not in allowed:
        raise ValueError(f"{prop}={value!r}: one of {', '.join(allowed)}")
    return value
