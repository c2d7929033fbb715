"""Synthetic members. A branch's people depend on seed and branch alone, so processes can share the work."""

from bisect import bisect
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from random import Random

from . import words
from .identity import id_number, landline, mobile, settle_birth, years_before
from .node import Node

# Ages are counted to this day, not to today: the same seed gives the same people for ever.
AS_OF = date(2026, 7, 1)
FULL, PROBATIONARY = "正式党员", "预备党员"

_SURNAMES = [pair.split() for pair in words.SURNAMES.split("|")]
_SURNAME_STEPS = list(accumulate(int(share) for _, share in _SURNAMES))
_ETHNICITY_STEPS = list(accumulate(share for _, share in words.ETHNICITIES))
_EDUCATION_STEPS = [list(accumulate(shares[era] for _, shares in words.EDUCATIONS)) for era in range(3)]
# type of branch → (youngest, oldest, mode) of its members' ages
_AGES = {
    "离退休": (60, 94, 70),
    "学校": (19, 62, 24),
    "流动党员支部": (22, 62, 33),
    "农村": (20, 93, 56),
    "elder": (72, 90, 78),
}
_ANY_AGE = (20, 92, 42)


@dataclass(slots=True)
class Person:
    """One member as in the national register (rules.md §8). Absent values are empty strings or None."""

    name: str
    id_number: str
    male: bool
    ethnicity: str
    born: date
    education: str
    category: str
    joined: date
    converted: date | None
    job: str
    mobile: str
    landline: str
    address: str
    lost_since: date | None
    floating_to: str

    @property
    def sex(self) -> str:
        return "男" if self.male else "女"


def people(branch: Node, seed: int) -> Iterator[Person]:
    """The `branch.people` members of a branch; the first four are full members with a phone."""
    rng = Random(f"{seed}:people:{branch.number}")
    for place in range(branch.people):
        yield _person(branch, place, rng)


def any_name(rng: Random) -> str:
    """A name for somebody of whom nothing else is known, such as an organisation's administrator."""
    return _name(rng.random() < 0.6, date(1982, 1, 1), rng)


def _person(branch: Node, place: int, rng: Random) -> Person:
    index = branch.first_person + place
    number = branch.first_number + place
    male = rng.random() < 0.71
    elder = _is_elder(branch, place)
    born = _birth("elder" if elder else branch.type, place, index, rng)
    age = (AS_OF - born).days / 365.2425
    joined, converted = _dates(born, age, place, rng)
    lost = place > 3 and rng.random() < 0.004
    return Person(
        name=_name(male, born, rng),
        id_number=id_number(branch.area, born, index, male=male),
        male=male,
        ethnicity=_pick(words.ETHNICITIES, _ETHNICITY_STEPS, rng)[0],
        born=born,
        education=_education(born, age, rng),
        category=FULL if converted else PROBATIONARY,
        joined=joined,
        converted=converted,
        job=_job(branch.type, age, rng),
        mobile="" if _phoneless(age, place, rng) or elder else mobile(number),
        landline=landline(branch.dialling_code, number) if rng.random() < 0.1 else "",
        address=f"{rng.choice(words.ROADS)}{rng.randint(1, 199)}号{rng.randint(1, 30)}栋{_room(rng)}室",
        lost_since=years_before(AS_OF, rng.uniform(0.6, 5)) if lost else None,
        floating_to=_floating(branch.type, place, rng),
    )


def _is_elder(branch: Node, place: int) -> bool:
    """The last of a community's branch is old and has no phone, so that there is somebody to check in by proxy (F11)."""
    return branch.type == "社区" and place == branch.people - 1 >= 9


def _room(rng: Random) -> str:
    return f"{rng.randint(1, 18)}{rng.randint(1, 4):02d}"


def _birth(kind: str, place: int, index: int, rng: Random) -> date:
    low, high, mode = (32, 58, 45) if place < 4 and kind != "离退休" else _AGES.get(kind, _ANY_AGE)
    return settle_birth(years_before(AS_OF, rng.triangular(low, high, mode)), index)


def _dates(born: date, age: float, place: int, rng: Random) -> tuple[date, date | None]:
    """(joined, converted): nobody joins below 18, a probationary member joined within the last 7 months."""
    if place >= 4 and (age < 21.5 or rng.random() < 0.045):
        return years_before(AS_OF, rng.uniform(0.02, 0.58)), None
    joined_at = min(18.1 + rng.expovariate(1 / 7), age - 1.8)
    joined = years_before(AS_OF, age - joined_at)
    return joined, years_before(AS_OF, age - joined_at - 1.003)


def _phoneless(age: float, place: int, rng: Random) -> bool:
    """F30: only from 50 on, the older the likelier (one in five at 60, half at 85)."""
    return place >= 4 and age >= 50.5 and rng.random() < (age - 45) / 80


def _floating(kind: str, place: int, rng: Random) -> str:
    share = 0.9 if kind == "流动党员支部" else 0.015
    return rng.choice(words.FLOATING_TO) if place >= 4 and rng.random() < share else ""


def _name(male: bool, born: date, rng: Random) -> str:
    surname = _pick(_SURNAMES, _SURNAME_STEPS, rng)[0]
    characters = words.GIVEN_MALE if male else words.GIVEN_FEMALE
    half = round(len(characters) * words.ELDER_SHARE)
    pool = characters[:half] if born.year < 1975 else characters[half // 2 :]
    first = rng.choice(pool)
    if len(surname) == 2 or rng.random() < 0.25:
        return surname + first
    return surname + first + rng.choice(pool.replace(first, ""))


def _job(kind: str, age: float, rng: Random) -> str:
    job = rng.choice(words.JOBS[kind])
    if kind == "农村" or kind == "离退休":
        return job
    if age > 62:
        return words.JOBS["离退休"][0]
    youngest, oldest = words.JOB_AGES.get(job, (0, 99))
    return job if youngest <= age <= oldest else words.JOBS[kind][0]


def _education(born: date, age: float, rng: Random) -> str:
    era = 0 if born.year < 1955 else 1 if born.year < 1980 else 2
    choice = _pick(words.EDUCATIONS, _EDUCATION_STEPS[era], rng)[0]
    return "大学" if choice == "研究生" and age < 24 else choice


def _pick(options, steps: list[int], rng: Random):
    return options[bisect(steps, rng.random() * steps[-1])]
