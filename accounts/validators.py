"""Rules about one value: a person's real name, the prefix of account names."""

import re

from sanjin.common.errors import RuleError

# Unified ideographs, their extensions A to H, and 〇.
HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
REAL_NAME = re.compile(f"[{HAN}]+(?:·[{HAN}]+)*")
DOTS = str.maketrans("•‧・．●", "·····")  # what input methods give for the dot in a name
PREFIX = re.compile(r"[a-z]{2,10}")


def clean_real_name(text: str, *, field: str = "name") -> str:
    """F21: Chinese characters with an optional ·, 2 to 30. RuleError `name_refused` (400)."""
    name = text.strip().translate(DOTS)
    if not 2 <= len(name) <= 30:
        raise RuleError(
            "name_refused", "姓名应为 2 至 30 个汉字，请填写本人身份证上的真实姓名。", field=field
        )
    if not REAL_NAME.fullmatch(name):
        raise RuleError(
            "name_refused",
            "姓名只能是汉字（少数民族姓名中间可用“·”），因为激活须用本人真实姓名。请去掉空格、字母、数字和其他符号。",
            field=field,
        )
    return name


def clean_prefix(text: str, *, field: str = "prefix") -> str:
    """F42: letters only, because the number follows. RuleError `prefix_refused` (400)."""
    prefix = text.lower()
    if any(c.isspace() for c in prefix):
        raise RuleError(
            "prefix_refused",
            "前缀里有空格，账号会因此无法登录。请删去空格，只留 2 至 10 个英文字母，例如 tys。",
            field=field,
        )
    if not PREFIX.fullmatch(prefix):
        raise RuleError(
            "prefix_refused",
            "前缀只能是 2 至 10 个英文字母，因为系统会在它后面加五位数字组成账号。请改为例如 tys。",
            field=field,
        )
    return prefix
