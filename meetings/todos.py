"""What waits for an admin: minutes that are due in its own organisation, and late ones below it (F49)."""

from django.urls import reverse

from accounts.models import Account
from meetings.models import Meeting
from meetings.queries.lists import late
from meetings.queries.progress import waited
from sanjin.common.todo import MOST, Todo


def todos(account: Account) -> list[Todo]:
    """One line for each meeting whose minutes are due, the longest waiting first."""
    return [_line(meeting, account) for meeting in late(account)[:MOST]]


def _line(meeting: Meeting, account: Account) -> Todo:
    own = meeting.organization_id == account.organization_id
    return Todo(
        tag="纪要",
        title=f"{meeting.title}，纪要已等待{waited(meeting)}",
        url=reverse("meetings:minutes" if own else "meetings:detail", args=[meeting.uuid]),
        link="提交纪要" if own else "查看",
        where=meeting.organization.name,
        tone="bad" if own else "warn",
        since=meeting.ends_at,
    )
