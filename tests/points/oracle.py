"""The same rules in plain Python: slow, obvious, and sharing no line with the product. Reads raw rows only."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction

from members.models import Member
from organizations.models import Organization

ZERO = Decimal(0)
MILLION = 10**6
# code: score, (points cap, window), (times cap, window); rules.md §2, §3 written down a second time.
RULES = {
    "article.read": (Decimal(1), (2, "day"), None),
    "like": (Decimal("0.5"), (1, "day"), None),
    "quiz.practice": (None, (3, "day"), None),
    "meeting.group": (Decimal(5), (60, "year"), (1, "month")),
    "meeting.congress": (Decimal(5), (20, "year"), (1, "quarter")),
    "meeting.lecture": (Decimal(5), (5, "year"), None),
    "volunteer": (Decimal(2), (10, "month"), None),
    "notice.expired": (Decimal(-3), (6, "month"), None),
    "branch.congress": (Decimal(5), None, (1, "quarter")),
    "branch.activity": (Decimal(2), None, (2, "month")),
    "branch.honour.city": (Decimal(10), None, None),
}


def window(kind: str, day: date) -> tuple:
    return {
        "day": (day,),
        "month": (day.year, day.month),
        "quarter": (day.year, "Q", (day.month - 1) // 3),
        "year": (day.year,),
    }[kind]


def quiz(value: int) -> Decimal | None:
    if value >= 90:
        return Decimal("1.5")
    return Decimal(1) if value >= 80 else Decimal("0.5") if value >= 60 else None


@dataclass
class Ledger:
    """What was paid, kept beside the database by the same acts."""

    paid: dict[tuple, tuple[Decimal, date]] = field(default_factory=dict)  # (kind, id, rule, source)
    reversed: set[tuple] = field(default_factory=set)
    used: dict[tuple, Decimal] = field(default_factory=lambda: defaultdict(lambda: ZERO))

    def award(self, kind, id, rule, source, day, *, value=None, spared=False, outside=False) -> Decimal:
        key = (kind, id, rule, source)
        if key in self.paid:
            return self.paid[key][0]
        score, points, times = RULES[rule]
        if rule == "quiz.practice":
            score = quiz(value)
        if outside or score is None or (score < 0 and spared):
            return ZERO
        amount = abs(score)
        if times and self.used[self._times(kind, id, rule, day)] >= times[0]:
            return ZERO
        if points:
            amount = min(amount, points[0] - self.used[self._points(kind, id, rule, day)])
        if score < 0:
            amount = min(amount, max(ZERO, self.balance(kind, id, lambda d: d.year == day.year)))
        if amount <= 0:
            return ZERO
        if times:
            self.used[self._times(kind, id, rule, day)] += 1
        if points:
            self.used[self._points(kind, id, rule, day)] += amount
        paid = amount if score > 0 else -amount
        self.paid[key] = (paid, day)
        return paid

    def reverse(self, key: tuple) -> None:
        if key in self.reversed:
            return
        self.reversed.add(key)
        kind, id, rule, _ = key
        points, day = self.paid[key]
        if RULES[rule][1]:
            self.used[self._points(kind, id, rule, day)] -= abs(points)
        if RULES[rule][2]:
            self.used[self._times(kind, id, rule, day)] -= 1

    def balance(self, kind, id, within) -> Decimal:
        return sum(
            (
                points
                for key, (points, day) in self.paid.items()
                if key[:2] == (kind, id) and key not in self.reversed and within(day)
            ),
            ZERO,
        )

    def _points(self, kind, id, rule, day):
        return (kind, id, rule, "points", window(RULES[rule][1][1], day))

    def _times(self, kind, id, rule, day):
        return (kind, id, rule, "times", window(RULES[rule][2][1], day))


def within(period: int):
    """Which days belong to a period code."""
    year, part = divmod(period, 100)
    if part == 0:
        return lambda day: day.year == year
    if part > 20:
        return lambda day: day.year == year and (day.month + 2) // 3 == part - 20
    return lambda day: day.year == year and day.month == part


def quotient(total: Decimal, n: int) -> Decimal:
    """Half away from zero at the sixth place, of the exact fraction."""
    if n == 0:
        return ZERO
    exact = Fraction(total) / n * MILLION
    whole = (abs(exact) + Fraction(1, 2)).__floor__()
    return Decimal(whole if exact >= 0 else -whole) / MILLION


def totals(ledger: Ledger, period: int) -> dict[int, tuple[Decimal, Decimal, int, Decimal]]:
    """Organisation → (own, Σ, n, total), from the rows of organisations and members (rules.md §1)."""
    days = within(period)
    rows = list(Organization.objects.values_list("pk", "path", "nature", "state"))
    people: dict[int, list[Decimal]] = defaultdict(list)
    for id, branch in Member.objects.filter(state="normal", exempt_since=None).values_list(
        "pk", "organization_id"
    ):
        people[branch].append(ledger.balance(1, id, days))
    result = {}
    for id, _, nature, _ in rows:
        if nature == "branch":
            own = ledger.balance(2, id, days)
            result[id] = (
                own,
                sum(people[id], ZERO),
                len(people[id]),
                own + quotient(sum(people[id], ZERO), len(people[id])),
            )
    for id, path, nature, _ in rows:
        if nature != "branch":
            inner = [
                result[below][3]
                for below, its_path, its_nature, state in rows
                if its_nature == "branch" and state == "active" and its_path.startswith(path)
            ]
            own = ledger.balance(2, id, days)
            result[id] = (own, sum(inner, ZERO), len(inner), own + quotient(sum(inner, ZERO), len(inner)))
    return result
