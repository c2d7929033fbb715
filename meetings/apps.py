from django.apps import AppConfig

from sanjin.common import frame, todo


class MeetingsConfig(AppConfig):
    name = "meetings"
    verbose_name = "会议活动"

    def ready(self) -> None:
        # Models are ready only now.
        from meetings.jobs import EXPORT, export_meetings
        from meetings.queries.todo import owed
        from sanjin.common import jobs

        frame.register_menu("meetings", "会议活动", icon="calendar-event", url_name="meetings:list", order=40)
        todo.register(owed)
        jobs.register(EXPORT, export_meetings)
