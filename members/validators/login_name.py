"""What a member types as the account, brought into the form in which account names are indexed (F29, F30)."""

from re import compile as pattern

from .contact import undecorated, without_country

_MOBILE = pattern(r"1\d{10}")


def read_login_name(text: str) -> str:
    """`+86 138-1234-5678` → `13812345678`, `0351-1234567` → `03511234567`, a small x of an ID number becomes large.

    Never refuses: what is no account at all must look like an unknown one.
    """
    name = undecorated(text).upper()
    rest = without_country(name)
    return rest if _MOBILE.fullmatch(rest) else name
