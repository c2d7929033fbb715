"""Names sort and are found by stored pinyin keys; the database needs no ICU."""

import os
from functools import lru_cache
from typing import NamedTuple

# Characters are read one by one, so pypinyin's phrases are of no use: without them a process is 40 MB smaller.
os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
os.environ.setdefault("PYPINYIN_NO_DICT_COPY", "true")

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
    return tuple(dict.fromkeys(each.lower() for each in pinyin(char, style=Style.NORMAL, heteronym=True)[0]))


@lru_cache(maxsize=20_000)
def _reading(char: str) -> str:
    return _readings(char)[0]


@lru_cache(maxsize=20_000)
def _initial(char: str) -> str:
    return _readings(char)[0][:1]


@lru_cache(maxsize=20_000)
def _first_readings(char: str) -> tuple[str, ...]:
    readings = _readings(char)
    surname = SURNAMES.get(char)
    return (surname, *(r for r in readings if r != surname))[:2] if surname else readings[:2]


def pinyin_keys(name: str) -> PinyinKeys:
    """Keys of a person's name: every reading matters only for the first character, where surnames are misread."""
    if not name:
        return PinyinKeys("", "", "", "")
    rest = name[1:].replace("·", "")
    full, initials = "".join(map(_reading, rest)), "".join(map(_initial, rest))
    first, *other = _first_readings(name[0])
    if not other:
        return PinyinKeys(first + full, first[:1] + initials, "", "")
    return PinyinKeys(first + full, first[:1] + initials, other[0] + full, other[0][:1] + initials)


def search_key(name: str) -> str:
    """One lower-case line for a trigram index: the name, its full pinyin and its initials."""
    syllables = [_reading(char) for char in name]
    return f"{name.lower()} {''.join(syllables)} {''.join(s[:1] for s in syllables)}"
