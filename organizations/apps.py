from django.apps import AppConfig

from sanjin.common import frame, jobs


class OrganizationsConfig(AppConfig):
    name = "organizations"
    verbose_name = "组织管理"

    def ready(self) -> None:
        from organizations import runners  # noqa: PLC0415  models stand only now

        jobs.register(runners.PREVIEW, runners.preview_structure)
        jobs.register(runners.IMPORT, runners.import_structure)
        frame.register_menu(
            "organizations", "组织管理", icon="diagram-3", url_name="organizations:list", order=20
        )
        frame.register_tree("organizations:tree")
