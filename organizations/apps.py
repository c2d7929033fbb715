from django.apps import AppConfig


class OrganizationsConfig(AppConfig):
    name = "organizations"
    verbose_name = "组织管理"

    def ready(self) -> None:
        from organizations import jobs, todos
        from organizations.queries.listing import found_for_search
        from sanjin.common import frame, search, todo
        from sanjin.common.jobs import register

        register(jobs.PREVIEW, jobs.preview_structure, upload_page="organizations:import")
        register(jobs.IMPORT, jobs.import_structure, upload_page="organizations:import")
        todo.register(todos.todos)
        search.register("组织", found_for_search, order=10)
        frame.register_menu(
            "organizations", "组织管理", icon="diagram-3", url_name="organizations:list", order=20
        )
        frame.register_tree("organizations:tree")
