"""What participants are told. Every message has a key, so that telling twice is telling once."""

from collections.abc import Iterable
from uuid import UUID

from meetings.models import Meeting
from members.actions.messages import send
from members.enums import MessageKind
from sanjin.common.formats import minute


def tell(
    meeting: Meeting,
    members: Iterable[int],
    *,
    topic: str,
    title: str,
    body: str,
    change: UUID | None = None,
    path: str | None = "",
) -> None:
    """Put one message into each inbox, set-based. topic: what makes it the same message (`cancelled`, `late:3`). change:
    for what may happen again, the audit entry's uuid, so that there, back, and there again tells thrice. path: below
    the meeting's page; None links nowhere, for who may not see the meeting any more."""
    once = f":{change.hex[:24]}" if change else ""  # as long as the key's column lets it be
    send(
        members,
        kind=MessageKind.MEETING,
        title=title,
        body=body,
        link="" if path is None else f"/meetings/{meeting.uuid}{path}",
        key=f"meeting:{meeting.uuid}:{topic}{once}",
    )


def tell_called(meeting: Meeting, members: Iterable[int], *, change: UUID) -> None:
    """F47: called, with time and place, and what each has to do there. change: the audit entry's uuid."""
    called = set(members)
    organisers = called & set(meeting.participants.organisers().values_list("member", flat=True))
    for asked, words in (
        (called - organisers, "请准时到会扫码签到；不能参加请提前请假。"),
        (organisers, "您是组织者，不需要签到；请到会出示签到码，会后提交纪要。"),
    ):
        tell(
            meeting,
            asked,
            topic="called",
            change=change,
            title=f"会议通知：{meeting.title}",
            body=f"{meeting.get_kind_display()}，{minute(meeting.starts_at)}，{meeting.place}。{words}",
        )


def tell_changed(meeting: Meeting, members: Iterable[int], *, change: UUID) -> None:
    """A new time or place. change: the audit entry's uuid."""
    tell(
        meeting,
        members,
        topic="changed",
        change=change,
        title=f"会议变更：{meeting.title}",
        body=f"现在的时间是{minute(meeting.starts_at)}，地点是{meeting.place}。请按新的安排参加。",
    )


def tell_removed(meeting: Meeting, members: Iterable[int], *, change: UUID) -> None:
    """No longer on the list. change: the audit entry's uuid."""
    tell(
        meeting,
        members,
        topic="removed",
        change=change,
        title=f"会议名单调整：{meeting.title}",
        body=f"{minute(meeting.starts_at)}的会议调整了参会人员，您不在新的名单里，不需要到会。如有疑问，请联系会议组织者。",
        path=None,
    )


def tell_cancelled(meeting: Meeting, members: Iterable[int]) -> None:
    """Cancelled, with the reason."""
    tell(
        meeting,
        members,
        topic="cancelled",
        title=f"会议取消：{meeting.title}",
        body=f"原定{minute(meeting.starts_at)}的会议已取消。原因：{meeting.cancel_reason}。不需要到会。",
    )
