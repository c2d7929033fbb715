"""The rules of a password (F20) as data: the server, the ticks beside the field and the API read the same table."""

import re
from dataclasses import dataclass

from django.conf import settings

from sanjin.common.errors import RuleError

SYMBOLS = "!@#$%^&*_-+=.?"
SHORTEST, LONGEST = settings.PASSWORD_LENGTH


@dataclass(frozen=True)
class PasswordRule:
    """`pattern` is a regular expression that Python and JavaScript read alike; `refusal` says what is wrong."""

    code: str
    label: str
    pattern: str
    refusal: str

    def holds(self, text: str) -> bool:
        # JavaScript's $ is the end of the text; Python's would let one newline follow.
        return re.search(re.sub(r"\$$", r"\\Z", self.pattern), text) is not None


SHOWN = " ".join(SYMBOLS)
RULES = (
    PasswordRule(
        "length",
        f"{SHORTEST} 至 {LONGEST} 个字符",
        rf"^[\s\S]{{{SHORTEST},{LONGEST}}}$",
        f"长度应为 {SHORTEST} 至 {LONGEST} 个字符",
    ),
    PasswordRule("digit", "至少一个数字", r"[0-9]", "缺少数字"),
    PasswordRule("letter", "至少一个英文字母", r"[A-Za-z]", "缺少英文字母"),
    PasswordRule("symbol", f"至少一个符号 {SHOWN}", r"[!@#$%^&*_\-+=.?]", f"缺少符号（{SHOWN} 之一）"),
    PasswordRule(
        "allowed",
        "不含空格、汉字和其他符号",
        r"^[A-Za-z0-9!@#$%^&*_\-+=.?]*$",
        "含有不允许的字符",
    ),
)


def foreign_characters(text: str) -> list[str]:
    """The characters that may not stand in a password, each once, in order."""
    return list(dict.fromkeys(c for c in text if not re.fullmatch(r"[A-Za-z0-9!@#$%^&*_\-+=.?]", c)))


def _shown(character: str) -> str:
    return {" ": "空格", "\u3000": "全角空格", "\t": "制表符"}.get(character, f"“{character}”")


def check_password(text: str, *, field: str = "password") -> None:
    """RuleError `password_refused` (400) on `field` that names every failed rule and every foreign character.

    data: `failed`: codes of the failed rules.
    """
    failed = [rule for rule in RULES if not rule.holds(text)]
    if not failed:
        return
    reasons = [rule.refusal for rule in failed]
    if foreign := foreign_characters(text):
        reasons[-1] += "：" + "、".join(map(_shown, foreign[:5]))
    raise RuleError(
        "password_refused",
        f"这个密码不能使用，因为{'；'.join(reasons)}。请按密码规则修改。",
        field=field,
        failed=[rule.code for rule in failed],
    )
