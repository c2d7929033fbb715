from django.apps import AppConfig

from sanjin.common import frame, todo


class MeetingsConfig(AppConfig):
    name = "meetings"
    verbose_name = "会议活动"

    def ready(self) -> None:
        # Models are ready only now.
        from meetings.jobs import EXPORT, export_meetings  # noqa: PLC0415
        from meetings.queries.todo import owed  # noqa: PLC0415
        from sanjin.common import jobs  # noqa: PLC0415

        frame.register_menu("meetings", "会议活动", icon="calendar-event", url_name="meetings:list", order=40)
        todo.register(owed)
        jobs.register(EXPORT, export_meetings)
