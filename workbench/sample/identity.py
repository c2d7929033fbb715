"""Numbers that pass every check and belong to nobody: ID numbers, mobile phones, landlines."""

from datetime import date, timedelta

from members.validators.identity import check_character

# 154 was never given to a network, so no sample message can ever reach a person.
_UNUSED_SEGMENT = "154"
_SEQUENCES = 499
_BIRTH_STEP = 256
PEOPLE_PER_AREA = _SEQUENCES * _BIRTH_STEP


def settle_birth(about: date, index: int) -> date:
    """A date of birth within 256 days before `about` that gives person `index` of an area an ID of their own.

    Two people of an area with the same sequence number differ in `index // 499`, so in the date modulo 256.
    """
    days = about.toordinal()
    return date.fromordinal(days - (days - index // _SEQUENCES) % _BIRTH_STEP)


def id_number(area: str, born: date, index: int, *, male: bool) -> str:
    """The number of person `index` (< `PEOPLE_PER_AREA`) of a county; `born` comes from `settle_birth`."""
    sequence = (index % _SEQUENCES) * 2 + (1 if male else 2)
    first_17 = f"{area}{born:%Y%m%d}{sequence:03d}"
    return first_17 + check_character(first_17)


def mobile(number: int) -> str:
    """The mobile phone of the `number`th person of the province (< 10⁸): all different, scattered, unused."""
    return f"{_UNUSED_SEGMENT}{(number * 48_271 + 20_260_701) % 10**8:08d}"


def landline(dialling_code: str, number: int) -> str:
    """`0351-1…`: a local number never begins with 1, so this one rings nowhere."""
    return f"{dialling_code}-1{(number * 7_919 + 1_921) % 10**6:06d}"


def years_before(day: date, years: float) -> date:
    return day - timedelta(days=round(years * 365.2425))
