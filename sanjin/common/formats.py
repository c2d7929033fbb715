"""How days, times, money and scores are written for people (product.md: Asia/Shanghai, ¥)."""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from django.utils import timezone

ONE = Decimal("0.1")
TWO = Decimal("0.01")


def _local(value: datetime | date) -> datetime | date:
    if isinstance(value, datetime) and timezone.is_aware(value):
        return timezone.localtime(value)
    return value


def day(value: datetime | date | None) -> str:
    """2026年11月22日."""
    if value is None:
        return ""
    value = _local(value)
    return f"{value.year}年{value.month}月{value.day}日"


def month(value: datetime | date | None) -> str:
    """2026年11月."""
    if value is None:
        return ""
    value = _local(value)
    return f"{value.year}年{value.month}月"


def moment(value: datetime | None) -> str:
    """11月22日 15:00 in this year, 2025年11月22日 15:00 in another, 今天 15:00 today."""
    if value is None:
        return ""
    value = _local(value)
    today = timezone.localdate()
    if value.date() == today:
        return f"今天 {value:%H:%M}"
    head = f"{value.month}月{value.day}日" if value.year == today.year else day(value)
    return f"{head} {value:%H:%M}"


def minute(value: datetime) -> str:
    """2026年11月22日 15:04: the whole of it, for what people write down (a lock, a deadline)."""
    value = _local(value)
    return f"{day(value)} {value:%H:%M}"


def span(start: datetime | None, end: datetime | None) -> str:
    """今天 15:00–16:30, or both days in full when it goes over midnight."""
    if start is None or end is None:
        return moment(start)
    first, last = _local(start), _local(end)
    if first.date() == last.date():
        return f"{moment(start)}–{last:%H:%M}"
    return f"{moment(start)} – {moment(end)}"


def score(value: Decimal | float | None) -> str:
    """A score with at most one decimal: 5, 0.5, 1,438.5."""
    if value is None:
        return "—"
    rounded = Decimal(value).quantize(ONE, ROUND_HALF_UP)
    return f"{rounded:,.0f}" if rounded == rounded.to_integral() else f"{rounded:,.1f}"


def average(value: Decimal | float | None) -> str:
    """An average or a total made of averages: two decimals."""
    return "—" if value is None else f"{Decimal(value).quantize(TWO, ROUND_HALF_UP):,.2f}"


def money(value: Decimal | float | None) -> str:
    """¥1,234.50."""
    return "—" if value is None else f"¥{Decimal(value).quantize(TWO, ROUND_HALF_UP):,.2f}"
