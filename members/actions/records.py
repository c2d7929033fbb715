"""One member's record: add, edit, recycle, restore (F22, F23, F28–F30, F43)."""

from datetime import date
from typing import Any

from django.core.files.base import File
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.actions import end_sessions
from accounts.models import Account
from members import followers
from members.actions.guards import managed, must_be_present, must_keep_members
from members.actions.posts import end_posts
from members.enums import MemberState, ReturnState
from members.models import Member, PhoneReturn, ResetCode
from members.models.reset_code import ResetChannel
from members.queries.import_check import Candidate, refusals_of
from members.validators import Record, account_candidates
from organizations.actions import hold
from organizations.enums import Nature
from sanjin.common.audit import about, audited
from sanjin.common.errors import RuleError
from sanjin.common.reasons import check_reason

PLAIN = """name sex birth_date ethnicity education occupation kind joined_on full_on state lost_contact lost_on floating
floating_to"""
SEALED = ("id_number", "phone", "landline", "address")


def add_member(
    record: Record, *, actor: Account, photo: File | None = None, pledged_on: date | None = None
) -> Member:
    """Add a checked record (`check_record`, no problems) to the actor's own branch.

    RuleError `not_keeper` (403), `organization_changed` (409); `person_here`, `person_elsewhere`, `phone_taken_here`, `phone_taken_elsewhere`,
    `account_taken` (409), each on its field, also when somebody else saved the same number a moment ago.
    """
    must_keep_members(actor)
    organization = actor.seat
    member = Member(organization=organization, pledged_on=pledged_on)
    with audited("member.added", actor=actor, organization=organization) as entry:
        hold(organization, nature=Nature.BRANCH)
        candidate = _free(record, organization.pk, None)
        _fill(member, record, record.accounts[candidate.account])
        if photo:
            member.photo.save(photo.name or "photo", photo, save=False)
        _save(member, record)
        about(entry, member)
        followers.tell()
    return member


def edit_member(
    member: Member,
    record: Record,
    *,
    actor: Account,
    photo: File | None = None,
    pledged_on: date | None = None,
) -> Member:
    """Replace a member's data by a checked record. The login name follows the phone (F30). Requests for a number
    that the member gives up are answered by it, and who logged in with it is signed out (F24). Who leaves normal standing
    loses the posts, who left or died is signed out as well (decision 28). RuleErrors as `add_member`, and `in_the_bin` (409)."""
    with managed("member.edited", member, actor) as (member, entry):
        must_be_present(member)
        candidate = _free(record, member.organization_id, member)
        old_phone, old_index = member.phone, member.phone_index
        _fill(member, record, _account_name(member, record, candidate))
        member.pledged_on = pledged_on or member.pledged_on
        if photo:
            storage, replaced = member.photo.storage, member.photo.name
            if replaced:
                transaction.on_commit(lambda: storage.delete(replaced), robust=True)
            member.photo.save(photo.name or "photo", photo, save=False)
        _save(member, record)
        _rename_account(member)
        entry.data = {"phone_changed": old_phone != record.phone}
        if not member.in_good_standing:
            entry.data |= {"posts_ended": _put_down(member)}
        if old_phone and old_phone != record.phone:
            # whoever has the old number may have logged in with it, or holds a code that was sent there
            _sign_out(member)
            ResetCode.objects.filter(member=member, channel=ResetChannel.SMS).delete()
            _give_back(bytes(old_index))
        followers.tell()
    return member


def recycle_member(member: Member, *, actor: Account, reason: str) -> Member:
    """Move to the recycle bin: posts end, numbers and login name become free. RuleError `not_keeper` (403),
    `reason_required`, `already_recycled` (409)."""
    reason = check_reason(reason, "请写明为什么移入回收站。", least=1)
    with managed("member.recycled", member, actor, reason=reason) as (member, _):
        if member.state == MemberState.RECYCLED:
            raise RuleError("already_recycled", "此党员已在回收站。请刷新页面。", status=409)
        end_posts(member)
        member.recycled_from, member.state = member.state, MemberState.RECYCLED
        member.recycled_at = timezone.now()
        member.save(update_fields=["recycled_from", "state", "recycled_at", "updated_at"])
        _sign_out(member)
        if member.phone_index:
            _give_back(bytes(member.phone_index))
        followers.tell()
    return member


def restore_member(member: Member, *, actor: Account) -> Member:
    """Back from the recycle bin, with the state it had. RuleError `not_keeper` (403), `not_recycled`,
    `organization_changed`, and `number_taken` (409) if another person has the ID number, the phone or the login name by now."""
    with managed("member.restored", member, actor) as (member, _):
        if member.state != MemberState.RECYCLED:
            raise RuleError("not_recycled", "此党员不在回收站。请刷新页面。", status=409)
        hold(member.organization, nature=Nature.BRANCH)
        member.state = member.recycled_from or MemberState.NORMAL
        member.recycled_from, member.recycled_at = "", None
        try:
            with transaction.atomic():
                member.save(update_fields=["recycled_from", "state", "recycled_at", "updated_at"])
        except IntegrityError:
            raise RuleError(
                "number_taken",
                "此党员的身份证号、手机号或账号在移入回收站之后已被别人使用，不能恢复。请先核对是谁在使用；"
                "人在别的支部的，请办理组织关系转接。",
                status=409,
            )
        followers.tell()
    return member


def _put_down(member: Member) -> list[str]:
    """What normal standing gave ends with it, and doesn't come back by itself. Returns the posts that ended."""
    if not member.may_log_in:
        ResetCode.objects.filter(member=member).delete()
        _sign_out(member)
    return end_posts(member)


def _free(record: Record, organization_id: int, but: Member | None) -> Candidate:
    """The login name chosen, or the first refusal raised."""
    candidate, problems = refusals_of(record, organization_id=organization_id, but=but)
    if problems:
        first = problems[0]
        raise RuleError(first.code, first.message, field=first.field, status=409, **first.data)
    return candidate


def _account_name(member: Member, record: Record, candidate: Candidate) -> str:
    """Nobody's login name changes without need: the present one stays while it is one of the names it may be."""
    allowed = account_candidates(
        phone=record.phone,
        landline=record.landline,
        id_number=record.id_number,
        birth_date=record.birth_date,
        today=timezone.localdate(),
    )
    present = member.account_name
    return present if present in allowed else record.accounts[candidate.account]


def _fill(member: Member, record: Record, account_name: str) -> None:
    for key in PLAIN.split():
        setattr(member, key, getattr(record, key))
    for key in SEALED:
        if getattr(member, key) != getattr(record, key):
            setattr(member, key, getattr(record, key))
    if member.account_name != account_name:
        member.account_name = account_name


def _save(member: Member, record: Record) -> None:
    """Two admins may save the same number at once: the unique index refuses the second, who is told as always."""
    new: dict[str, Any] = {"force_insert": True} if member._state.adding else {}
    try:
        with transaction.atomic():
            member.save(**new)
    except IntegrityError:
        _free(record, member.organization_id, member if member.pk else None)
        raise


def _rename_account(member: Member) -> None:
    """The audit calls people by their account's name: a corrected one is corrected there, too."""
    if member.account_id:
        mine = Account.objects.filter(pk=member.account_id)
        mine.exclude(display_name=member.name).update(display_name=member.name)


def _sign_out(member: Member) -> None:
    """On every device, and whoever is logging in at this moment."""
    if member.account_id:
        end_sessions(Account.objects.locked(member.account_id))


def _give_back(phone_index: bytes) -> None:
    """F24: the number is free, so whoever asked for it is answered."""
    PhoneReturn.objects.filter(phone_index=phone_index, state=ReturnState.OPEN).update(
        state=ReturnState.DONE,
        answer="号码已从原党员的资料中移除，现在可以录入。",
        decided_at=timezone.now(),
    )
