"""The login name that the system gives a member (F29, F30)."""

from datetime import date
from functools import lru_cache

ELDER_AGE = 50

EMPTY_ACCOUNT = (
    "没有可以作账号的内容：手机号码和联系固定电话都没有填写，本人也不满 50 周岁。请填写手机号码，"
    "或填写区号加固定电话（如 0351-1234567）；年满 50 周岁的可以都不填，系统会用身份证号后 11 位作账号。"
)

# Where the age is not known, because the ID number is wrong or missing as well.
PHONE_MISSING = "手机号码和联系固定电话都没有填写。请填写手机号码，或填写区号加固定电话；年满 50 周岁的可以都不填，但要先填对公民身份号码。"


@lru_cache(maxsize=4096)
def years_before(day: date, years: int) -> date:
    """The same day `years` earlier; 29 February becomes 28."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def account_candidates(
    *, phone: str, landline: str, id_number: str, birth_date: date | None, today: date
) -> list[str]:
    """Login names in the order in which they are tried; the first that nobody holds is taken.

    Mobile; else area code + landline; else, from 50 years on, the last 11 characters of the ID number and then the
    whole of it. A mobile is never replaced by another name: who holds it must be cleared up (F23). An empty list is F29.
    """
    if phone:
        return [phone]
    names = [landline.replace("-", "")] if landline else []
    if birth_date and birth_date <= years_before(today, ELDER_AGE):
        names += [id_number[-11:], id_number]
    return names
