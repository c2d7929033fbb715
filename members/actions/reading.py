"""Full numbers are shown after a click with a reason, which stands in the audit (threats.md, personal data)."""

from typing import NamedTuple

from accounts.models import Account
from members.models import Member
from sanjin.common.audit import audited
from sanjin.common.reasons import check_reason


class FullNumbers(NamedTuple):
    """What is masked everywhere else, in clear."""

    id_number: str
    phone: str
    landline: str
    account_name: str
    address: str


def read_full_numbers(member: Member, *, actor: Account, reason: str) -> FullNumbers:
    """Open the sealed fields of one member. RuleError `reason_required` on the field reason."""
    reason = check_reason(reason, "查看完整号码会记入日志，请写明用途。")
    with audited("member.numbers_read", actor=actor, subject=member, reason=reason):
        return FullNumbers(
            member.id_number, member.phone, member.landline, member.account_name, member.address
        )
