"""Columns of the list of meetings: the page and the export show the same."""

from meetings.enums import CHECK_IN_OPEN, Phase
from meetings.models import Meeting
from sanjin.common.formats import span
from sanjin.common.lists import Column

COUNTED = CHECK_IN_OPEN | {Phase.CLOSED}


def _time(meeting: Meeting) -> str:
    return span(meeting.starts_at, meeting.ends_at)


def _attendance(meeting: Meeting) -> str:
    came = meeting.came if meeting.phase in COUNTED else "—"
    return f"{came} / {meeting.asked}"


COLUMNS = (
    Column("title", "会议主题", fixed=True, template="meetings/cells/title.html"),
    Column("phase", "状态", value="phase.label", template="meetings/cells/phase.html"),
    Column("kind", "会议类型", value="get_kind_display"),
    Column("organization", "主办组织", value="organization.name"),
    Column("time", "时间", value=_time, order=("starts_at",)),
    Column("place", "地点"),
    Column("attendance", "到会 / 应到", value=_attendance, numeric=True),
)
