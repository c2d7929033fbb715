"""For whom an organiser may sign in (F11, F15): asked by the action of one member, and by lists of many."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from members.enums import MemberState
from members.models import Member
from sanjin.common.errors import RuleError
from sanjin.common.formats import minute


def refusals(members: Iterable[Member]) -> dict[int, RuleError]:
    """Of these members, those who can't be signed in for, by pk, with the error that says why: `can_scan`,
    `phone_removed_lately` (403). One query where somebody has no phone."""
    people = list(members)
    removed = _phones_removed([one for one in people if _has_neither(one)])
    found = {one.pk: _refusal(one, removed.get(one.pk)) for one in people}
    return {pk: refusal for pk, refusal in found.items() if refusal}


def refusal_of(member: Member) -> RuleError | None:
    """The same of one member; None if an organiser may."""
    return refusals([member]).get(member.pk)


def _has_neither(member: Member) -> bool:
    return not member.phone_sealed and member.exempt_since is None


def _refusal(member: Member, removed: datetime | None) -> RuleError | None:
    if not member.in_good_standing:
        state = member.get_state_display()
        return RuleError(
            "can_scan",
            f"{member.name}的党籍状态是“{state}”，不能签到，也不积分。如登记有误，请先更正党籍状态。",
            status=403,
        )
    if member.can_use_phone:
        return RuleError(
            "can_scan",
            f"{member.name}登记有手机号，须本人扫码签到：用自己的手机登录后扫签到码。"
            f"确实没有手机的，请支部管理员更正资料中的手机号，{_wait()}可以代签到。",
            status=403,
        )
    return _lately(member, removed) if removed else None


def _wait() -> str:
    """What must pass after a number is taken out of a record."""
    days = settings.PROXY_AFTER_PHONE_DAYS
    return f"移除满 {days} 天后" if days else "移除后"


def _lately(member: Member, removed: datetime) -> RuleError | None:
    """A number that is taken away for the meeting and put back after it must not open the proxy (F11)."""
    days = settings.PROXY_AFTER_PHONE_DAYS
    opens = removed + timedelta(days=days)
    if timezone.now() >= opens:
        return None
    return RuleError(
        "phone_removed_lately",
        f"{member.name}的手机号刚从资料中移除，不满 {days} 天，还不能代签到。"
        f"有手机的请本人扫码签到；没有手机的{minute(opens)}起可以代签到。",
        status=403,
    )


def _phones_removed(people: list[Member]) -> dict[int, datetime]:
    """When the mobile numbers of those who have none now were taken out of their records; who never had one is not in
    it. The first row of the history after the last one with a number. Who was put into the branch's recycle bin and added
    anew is the same person: a number that went into the bin was taken out on that day."""
    model: Any = Member  # `events` is made by `@tracked`, and mypy does not know it
    events = model.events.rel.related_model.objects.filter(pgh_obj=OuterRef("pk"))
    last = events.filter(phone_sealed__isnull=False).order_by("-pgh_id").values("pgh_id")[:1]
    after = events.filter(pgh_id__gt=OuterRef("last")).order_by("pgh_id").values("pgh_created_at")[:1]
    rows = Member.objects.filter(Q(pk__in=[one.pk for one in people]) | _earlier(people))
    dated = rows.annotate(last=Subquery(last)).filter(last__isnull=False)
    at = dated.annotate(at=Coalesce(Subquery(after), "recycled_at")).filter(at__isnull=False).order_by("at")
    removed = {_who(row): row.at for row in at.only("id_number_index")}  # of several the last one
    return {one.pk: removed[_who(one)] for one in people if _who(one) in removed}


def _earlier(people: list[Member]) -> Q:
    """Their records in the recycle bins of their branches."""
    return Q(
        state=MemberState.RECYCLED,
        organization__in={one.organization_id for one in people},
        id_number_index__in=[one.id_number_index for one in people if one.id_number_index],
    )


def _who(member: Member) -> bytes | int:
    return bytes(member.id_number_index) if member.id_number_index else int(member.pk)
