"""Text as people type it: full-width digits, stray spaces, look-alike dots."""

import unicodedata

_UNSEEN = dict.fromkeys(map(ord, " \t\r\n\u00a0\u200b\u200c\u200d\u2060\u3000\ufeff"))
_DOTS = str.maketrans(dict.fromkeys("•‧∙⋅・･．.", "·"))


def compact(text: str) -> str:
    """Half-width, without any space: for numbers and names, in which a space means nothing."""
    if text.isascii():
        return text.translate(_UNSEEN) if " " in text or not text.isprintable() else text
    return unicodedata.normalize("NFKC", text).translate(_UNSEEN)


def one_line(text: str) -> str:
    """Free text on one line, without control characters at all."""
    text = " ".join(text.split())
    return text if text.isprintable() else "".join(c for c in text if c.isprintable())


def person_name(text: str) -> str:
    """A person's name with the dot that the national register uses between its parts."""
    return text.translate(_UNSEEN).translate(_DOTS)
