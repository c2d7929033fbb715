"""The frame of an action on a meeting, and what several actions ask first: RuleError, and nothing is written."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager

from accounts.models import Account
from meetings.enums import EDITABLE, Phase
from meetings.models import Meeting, Participant
from meetings.permissions import can_call, can_manage
from members.models import Member
from sanjin.common.audit import audited
from sanjin.common.errors import RuleError
from sanjin.common.models import AuditEntry


def locked(meeting: Meeting) -> Meeting:
    """The meeting's row as it is now, locked until the transaction ends. Check-ins don't wait for this lock."""
    return Meeting.objects.select_for_update(of=("self",)).select_related("organization").get(pk=meeting.pk)


@contextmanager
def managed(
    verb: str, meeting: Meeting, actor: Account, *, reason: str = ""
) -> Iterator[tuple[Meeting, AuditEntry]]:
    """The meeting's locked row and the audit entry, inside one audited transaction. Who may is asked after the lock, so
    that the answer is true when the row changes. RuleError `not_organiser` (403)."""
    with audited(verb, actor=actor, subject=meeting, reason=reason) as entry:
        row = locked(meeting)
        must_manage(row, actor)
        yield row, entry


def must_manage(meeting: Meeting, actor: Account) -> None:
    """Code `not_organiser` (403): only organisers in the app and the calling organisation's admin."""
    if not can_manage(actor, meeting):
        raise RuleError(
            "not_organiser",
            f"您不是这次会议的组织者。请由组织者在手机端，或由{meeting.organization.name}的管理员在后台操作。",
            status=403,
        )


def must_call(actor: Account) -> None:
    """Code `may_not_call` (403): admins of active organisations, and members whose post may call meetings."""
    if can_call(actor):
        return
    words = (
        "您的组织已撤销或合并，不能召集会议。请联系直属上级党委。"
        if actor.is_admin
        else "您没有可召集会议的职务。请由本支部书记、委员等发起，或请支部管理员在后台发起。"
    )
    raise RuleError("may_not_call", words, status=403)


def must_be_in(meeting: Meeting, phases: frozenset[Phase], what: str) -> Phase:
    """The meeting's phase if it is one of these. Code `wrong_state` (409)."""
    phase = meeting.phase_at()
    if phase in phases:
        return phase
    names = "、".join(f"“{p.label}”" for p in Phase if p in phases)
    raise RuleError(
        "wrong_state",
        f"会议{phase.label}，不能{what}。只有在{names}时可以，请刷新页面查看会议现在的状态。",
        status=409,
        phase=str(phase),
    )


def must_be_editable(meeting: Meeting, changed: set[str]) -> None:
    """Code `not_editable` (409) if a changed field may not change in this phase."""
    phase = meeting.phase_at()
    if refused := changed - EDITABLE[phase]:
        raise RuleError(
            "not_editable",
            f"会议{phase.label}，不能修改{_labels(refused)}。{_instead(phase)}",
            status=409,
            phase=str(phase),
            fields=sorted(refused),
        )


def _instead(phase: Phase) -> str:
    """What may still be done about it."""
    if EDITABLE[phase]:
        return f"现在可以修改{_labels(EDITABLE[phase])}；其他内容有变化的，请取消后重新发起。"
    return "登记有误的，请在纪要中写明。" if phase == Phase.CLOSED else "需要开会的，请重新发起。"


def _labels(names: Collection[str]) -> str:
    """The model's own words, in its order; the list of people stands beside the model."""
    labels = [str(field.verbose_name) for field in Meeting._meta.concrete_fields if field.name in names]
    return "、".join([*labels, *(["参会人员"] if "people" in names else [])])


def participant_of(meeting: Meeting, member: Member) -> Participant:
    """The member's row in the meeting, locked. Code `not_participant` (404)."""
    row = meeting.participants.select_for_update().filter(member=member).first()
    if row is None:
        raise RuleError("not_participant", "该党员不在参会名单。请先把他加入名单。", status=404)
    row.member = member
    return row
