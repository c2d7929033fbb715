"""Cities and counties, from `divisions.csv` (its head says where that comes from)."""

import csv
from dataclasses import dataclass, field
from pathlib import Path

SOURCE = Path(__file__).with_name("divisions.csv")


@dataclass(frozen=True, slots=True)
class County:
    code: str
    name: str
    city_name: str
    dialling_code: str

    @property
    def full_name(self) -> str:
        return f"{self.city_name}{self.name}"


@dataclass(frozen=True, slots=True)
class City:
    code: str
    name: str
    dialling_code: str
    counties: list[County] = field(default_factory=list)


def load() -> list[City]:
    """The 11 cities in the order of their codes, each with its counties (117 in all)."""
    lines = [line for line in SOURCE.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    cities: list[City] = []
    for row in csv.DictReader(lines):
        if row["code"].endswith("00"):
            cities.append(City(row["code"], row["name"], row["dialling_code"]))
        else:
            city = cities[-1]
            city.counties.append(County(row["code"], row["name"], city.name, city.dialling_code))
    return cities
