"""Full numbers are shown after a click with a reason, which stands in the audit (threats.md, personal data)."""

from typing import NamedTuple

from accounts.models import Account
from members.models import Member
from sanjin.common.audit import audited
from sanjin.common.errors import RuleError

MIN_REASON = 2


class FullNumbers(NamedTuple):
    """What is masked everywhere else, in clear."""

    id_number: str
    phone: str
    landline: str
    account_name: str
    address: str


def read_full_numbers(member: Member, *, actor: Account, reason: str) -> FullNumbers:
    """Open the sealed fields of one member. RuleError `reason_missing` on the field reason."""
    if len(reason.strip()) < MIN_REASON:
        raise RuleError(
            "reason_missing", "没有填写原因。查看完整号码会记入日志，请写明用途。", field="reason"
        )
    with audited("member.numbers_read", actor=actor, subject=member, reason=reason.strip()[:200]):
        return FullNumbers(
            member.id_number, member.phone, member.landline, member.account_name, member.address
        )
