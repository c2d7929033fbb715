"""Names of organisations below county: words without replacement, so that no two in a county are the same."""

from itertools import product
from random import Random

from . import words

_DIGITS = "〇一二三四五六七八九"


def ordinal(number: int) -> str:
    """1 → 一, 12 → 十二, 105 → 一〇五 (as branches are numbered)."""
    if number <= 10:
        return "十" if number == 10 else _DIGITS[number]
    if number < 100:
        tens, ones = divmod(number, 10)
        return ("" if tens == 1 else _DIGITS[tens]) + "十" + (_DIGITS[ones] if ones else "")
    return "".join(_DIGITS[int(digit)] for digit in str(number))


class Pool:
    """Every combination of `heads` and `ends` once, in random order; then again with a number."""

    def __init__(self, rng: Random, heads: tuple[str, ...], ends: tuple[str, ...]):
        self.names = [head + end for head, end in product(heads, ends) if head[-1] != end[0]]
        rng.shuffle(self.names)
        self.taken = 0

    def draw(self) -> str:
        turn, place = divmod(self.taken, len(self.names))
        self.taken += 1
        return self.names[place] if turn == 0 else f"{self.names[place]}{ordinal(turn + 1)}部"


class CountyNames:
    """The pools of one county or working committee, each filled when it is first asked for."""

    def __init__(self, rng: Random, label: str):
        self.rng = rng
        self.pools: dict[str, Pool] = {}
        self.words = {
            "街道": (words.STREETS, ("街道",)),
            "乡镇": (words.TOWNS, ("镇", "乡")),
            "社区": (words.COMMUNITIES + words.STREETS, ("社区", "东社区", "西社区", "苑社区")),
            "农村": (words.VILLAGES + words.TOWNS, words.VILLAGE_ENDS),
            "机关": ((label,), words.BUREAUS),
            "学校": (words.STREETS + words.TOWNS, words.SCHOOLS),
            "高校": (words.FIRMS, words.COLLEGES),
            "国有企业": (words.FIRMS, words.STATE_TRADES),
            "非公企业": (words.FIRMS + words.STREETS, words.PRIVATE_TRADES),
            "社会组织": (words.FIRMS + (label,), words.SOCIETIES),
            "事业单位": ((label, *words.STREETS), words.INSTITUTIONS),
            "其他": (words.FIRMS + words.STREETS, words.OTHERS),
        }

    def draw(self, kind: str) -> str:
        pool = self.pools.get(kind)
        if pool is None:
            pool = self.pools[kind] = Pool(self.rng, *self.words[kind])
        return pool.draw()
