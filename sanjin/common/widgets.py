"""Widgets that more than one app uses."""

from typing import Any

from django import forms


class DayInput(forms.DateInput):
    """The browser's own date picker; it wants its value as 2026-07-01, whatever the page's language."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")
