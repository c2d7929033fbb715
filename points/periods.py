"""Periods and windows as numbers. Dates are Asia/Shanghai days (settings.TIME_ZONE).

Period code: year × 100 + 0 (year), 1–12 (month), 21–24 (quarter). Window code: the same, or yyyymmdd for a day.
"""

from datetime import date, timedelta

from django.conf import settings
from django.utils import timezone

from .enums import Window

QUARTERS = "一二三四"


def today() -> date:
    return timezone.localdate()


def month_code(day: date) -> int:
    return day.year * 100 + day.month


def quarter_code(day: date) -> int:
    return day.year * 100 + 20 + (day.month + 2) // 3


def year_code(day: date) -> int:
    return day.year * 100


def codes_of(day: date) -> list[int]:
    """The three periods that a day belongs to: year, month, quarter (ascending)."""
    return [year_code(day), month_code(day), quarter_code(day)]


def codes_of_month(month: int) -> list[int]:
    """Month code → the codes of its year, itself and its quarter."""
    return codes_of(date(month // 100, month % 100, 1))


def year_of(period: int) -> int:
    return period // 100


def window_code(window: str, day: date) -> int:
    return {
        Window.DAY: lambda: day.year * 10_000 + day.month * 100 + day.day,
        Window.MONTH: lambda: month_code(day),
        Window.QUARTER: lambda: quarter_code(day),
        Window.YEAR: lambda: year_code(day),
    }[Window(window)]()


def label(period: int) -> str:
    """For people: 2026年, 2026年11月, 2026年第四季度."""
    year, part = divmod(period, 100)
    if part == 0:
        return f"{year}年"
    return f"{year}年{part}月" if part <= 12 else f"{year}年第{QUARTERS[part - 21]}季度"


def span(period: int) -> tuple[date, date]:
    """First and last day of a period."""
    year, part = divmod(period, 100)
    if part == 0:
        first, months = date(year, 1, 1), 12
    elif part <= 12:
        first, months = date(year, part, 1), 1
    else:
        first, months = date(year, 3 * (part - 21) + 1, 1), 3
    end = first.month + months
    behind = date(year + 1, 1, 1) if end > 12 else date(year, end, 1)
    return first, behind - timedelta(days=1)


def read_period(text: str) -> int | None:
    """The code that an address names; None if it is none."""
    digits = len(text) == 6 and text.isascii() and text.isdigit()
    return int(text) if digits and is_period(int(text)) else None


def is_period(code: int) -> bool:
    part = code % 100
    return 2000 <= code // 100 <= 2999 and (0 <= part <= 12 or 21 <= part <= 24)


def closing_day(year: int) -> date:
    """The last day on which facts are still booked in `year` (rules.md §1)."""
    month, day = settings.POINTS_YEAR_CLOSES
    return date(year + 1, month, day)
