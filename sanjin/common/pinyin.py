"""Names sort and are found by stored pinyin keys; the database needs no ICU."""

from functools import lru_cache
from typing import NamedTuple

from pypinyin import Style, pinyin


class PinyinKeys(NamedTuple):
    """full: `zhangjianguo`; initials: `zjg`; the `other_` ones hold the second reading of the first character, if any."""

    full: str
    initials: str
    other_full: str
    other_initials: str


# Surnames whose reading as a surname comes first; pypinyin gives the everyday one.
SURNAMES = {
    "单": "shan",
    "曾": "zeng",
    "仇": "qiu",
    "解": "xie",
    "查": "zha",
    "任": "ren",
    "盖": "ge",
    "区": "ou",
}
SURNAMES |= {
    "乐": "yue",
    "翟": "zhai",
    "尉": "wei",
    "朴": "piao",
    "缪": "miao",
    "召": "shao",
    "折": "she",
    "种": "chong",
}


@lru_cache(maxsize=20_000)
def _readings(char: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(pinyin(char, style=Style.NORMAL, heteronym=True)[0]))


def _first_readings(char: str) -> tuple[str, ...]:
    readings = _readings(char)
    surname = SURNAMES.get(char)
    return (surname, *(r for r in readings if r != surname)) if surname else readings


def pinyin_keys(name: str) -> PinyinKeys:
    """Keys of a person's name: every reading matters only for the first character, where surnames are misread."""
    if not name:
        return PinyinKeys("", "", "", "")
    firsts = [r.lower() for r in _first_readings(name[0])][:2]
    rest = [_readings(char)[0].lower() for char in name[1:] if char != "·"]
    fulls = ["".join((first, *rest)) for first in firsts]
    initials = ["".join(part[:1] for part in (first, *rest)) for first in firsts]
    other_full = fulls[1] if len(fulls) > 1 else ""
    other_initials = initials[1] if len(initials) > 1 else ""
    return PinyinKeys(fulls[0], initials[0], other_full, other_initials)


def search_key(name: str) -> str:
    """One lower-case line for a trigram index: the name, its full pinyin and its initials."""
    syllables = [_readings(char)[0].lower() for char in name]
    return f"{name.lower()} {''.join(syllables)} {''.join(s[:1] for s in syllables)}"
