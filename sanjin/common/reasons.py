"""Why somebody did what will be looked at later."""

from .errors import RuleError

LONGEST = 200


def check_reason(reason: str, todo: str = "请写明原因，会记入操作记录。", *, least: int = 2) -> str:
    """The reason as it is kept. todo: what to write and who sees it. least: so many characters.

    RuleError `reason_required` on the field reason.
    """
    reason = reason.strip()
    if len(reason) < least:
        raise RuleError("reason_required", f"没有填写原因。{todo}", field="reason")
    return reason[:LONGEST]
