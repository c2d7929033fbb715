from django.apps import AppConfig


class MembersConfig(AppConfig):
    name = "members"
    verbose_name = "党员管理"

    def ready(self) -> None:
        from members import enums, facts, jobs, stakes, todos
        from members.queries.search import found_for_search
        from organizations import facts as organization_facts
        from organizations import stakes as organization_stakes
        from sanjin.common import frame, search, todo
        from sanjin.common.jobs import register

        register(enums.CHECK, jobs.check_upload)
        register(enums.IMPORT, jobs.import_upload)
        register(enums.SPLIT, jobs.split_upload)
        frame.register_menu("members", self.verbose_name, icon="people", url_name="members:list", order=30)
        todo.register(todos.todos)
        search.register("党员", found_for_search, order=20)
        organization_facts.register("党员", facts.headcount, order=10)
        organization_stakes.register("members", preview=stakes.preview, refuse=stakes.refuse)
