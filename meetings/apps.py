from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "meetings"
    verbose_name = "会议活动"

    def ready(self) -> None:
        from meetings import extras, facts, stakes, todos
        from meetings.actions.awards import RULES
        from meetings.queries.search import found_for_search
        from members import extras as member_extras
        from organizations import facts as organization_facts
        from organizations import stakes as organization_stakes
        from points import awarders
        from sanjin.common import frame, search, todo

        frame.register_menu(
            "meetings", self.verbose_name, icon="calendar-event", url_name="meetings:list", order=40
        )
        member_extras.register("may_call_meetings", extras.may_call)
        todo.register(todos.todos)
        search.register("会议", found_for_search, order=30)
        organization_facts.register("会议", facts.meetings_held, order=20)
        organization_stakes.register("meetings", refuse=stakes.refuse)
        awarders.register("meetings", RULES)
