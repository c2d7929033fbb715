"""What meetings mean for changes of the tree: nobody leaves a meeting without its minutes behind."""

from meetings.enums import MeetingState
from meetings.models import Meeting
from organizations.models import Organization
from organizations.stakes import Change

REFUSED = {Change.RECYCLED: "删除", Change.DISSOLVED: "撤销"}


def refuse(organization: Organization, change: Change) -> str | None:
    """An organisation that goes must have finished its meetings: their points would be lost."""
    if change not in REFUSED:
        return None
    held = Meeting.objects.filter(state=MeetingState.PUBLISHED, hosts__organization=organization)
    count = held.count()
    if not count:
        return None
    return f"“{organization}”还有 {count} 场会议没有结束，不能{REFUSED[change]}。请先提交纪要或取消会议。"
