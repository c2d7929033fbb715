"""A member sets the password: also every new member's first login, because until then no password exists (F28)."""

from django.contrib.auth import hashers

from accounts import sms
from accounts.actions import guard
from accounts.actions.passwords import end_sessions
from accounts.enums import AccountKind, AccountState
from accounts.models import Account
from accounts.passwords import check_password
from members.actions.code_requests import request_code
from members.actions.codes import take_code
from members.actions.guards import BRANCH_ADMIN, lock_member, must_be_let_in, same_login_name
from members.enums import MemberState
from members.models import Member
from members.queries.login import member_by_account
from members.validators.login_name import read_login_name
from sanjin.common.audit import audited
from sanjin.common.errors import RuleError
from sanjin.common.sealing import blind_index

MINUTE, HOUR, DAY = 60, 3600, 86400
RESETS_AN_HOUR = 10  # for an account, from one address; see codes.py
BY_SMS = (
    "如果这个账号存在并登记了手机号，验证码短信会在一分钟内发到该手机，10 分钟内有效。"
    "没有收到时，请核对账号后重试，或找支部管理员领取一次性口令。"
)
BY_SLIP = "本平台没有开通短信。请找支部管理员领取一次性口令（纸条），填在“一次性口令”处即可设置密码。"


def ask_for_code(account: str, *, address: str | None) -> str:
    """Send a code by SMS if that can be done. Returns the sentence to show, the same for unknown accounts.

    Errors: `throttled` (429): once a minute and 5 times a day for an account, 20 times an hour for an address.
    """
    key = blind_index(read_login_name(account))
    guard.throttle(guard.address_key(address, "forgot"), most=20, seconds=HOUR)
    guard.throttle(blind_index(f"forgot-minute|{key.hex()}"), most=1, seconds=MINUTE)
    guard.throttle(blind_index(f"forgot-day|{key.hex()}"), most=5, seconds=DAY)
    if sms.gateway() is None:
        return BY_SLIP
    request_code(key)
    return BY_SMS


def reset_password(account: str, code: str, password: str, *, device: str, address: str | None) -> Member:
    """Set the password with a code from a slip or an SMS; makes the account if there is none; ends every session and
    lifts the lock. Returns the member.

    Errors: `password_refused` (400, field `password`), `reset_failed` (400, field `code`; the same for an unknown
    account, a wrong, used or expired code), `throttled` (429), `frozen`, `membership_ended` (403).
    """
    check_password(password)
    guard.refuse_busy_address(address)
    key = blind_index(read_login_name(account))
    guard.refuse_flood(key, device, purpose="reset")
    guard.throttle(_who_tries(key, device, address), most=RESETS_AN_HOUR, seconds=HOUR)
    member = member_by_account(key)
    channel = take_code(member, code) if member else None
    if member is None or channel is None:
        guard.note_failure(address, purpose="reset")
        guard.log_failure("password reset", key)
        raise _reset_failed()
    member = set_password(member, password, channel=channel)
    guard.forgive(key)
    guard.remember(key, device)
    return member


def _who_tries(key: bytes, device: str, address: str | None) -> bytes:
    """The counter of a device that has logged in to this account before, else of the address for this account: what a
    stranger tries somewhere else leaves the owner's tries alone. A device is what a client says, so an unknown one
    has no counter of its own."""
    if guard.known_device(key, device):
        return blind_index(f"reset|{key.hex()}|device|{device}")
    return guard.address_key(address, f"reset|{key.hex()}")


def _reset_failed() -> RuleError:
    return RuleError(
        "reset_failed",
        "账号或验证码（口令）不正确，或已过期、已用过；短信验证码连续错 5 次也会作废。"
        "请核对后重试，或重新获取短信验证码，也可找支部管理员领取一次性口令。",
        field="code",
    )


def set_password(member: Member, password: str, *, channel: str) -> Member:
    """Write a checked password and end every session; makes the account if there is none. channel: slip or sms.

    RuleError `frozen`, `membership_ended` (403), `reset_failed` (400) if the member has gone meanwhile. Returns the member,
    with its account.
    """
    encoded = hashers.make_password(password)
    with audited(
        "member.password_set", actor=None, subject=member, organization=member.organization_id
    ) as entry:
        entry.data = {"channel": channel}
        before, member = member, lock_member(member.pk)
        if member.state == MemberState.RECYCLED or not same_login_name(member, before):
            raise _reset_failed()  # the code was for a number or a person that has gone while it was on its way
        must_be_let_in(member)
        account = Account.objects.locked(member.account_id) if member.account_id else _new_account(member)
        if account.state == AccountState.FROZEN:
            raise RuleError(
                "frozen", f"此账号已停用，不能设置密码。如有疑问，请联系{BRANCH_ADMIN}。", status=403
            )
        entry.actor, entry.actor_label = account, account.audit_label
        account.password = encoded
        account.save(update_fields=["password"])
        end_sessions(account)
        member.account = account
    return member


def _new_account(member: Member) -> Account:
    """A member's account has an opaque name: the one typed at login is personal and stands sealed on the member."""
    account = Account.objects.create(
        name=f"m{member.uuid.hex}",
        kind=AccountKind.MEMBER,
        state=AccountState.ACTIVE,
        display_name=member.name,
    )
    member.account = account
    member.save(update_fields=["account", "updated_at"])
    return account
