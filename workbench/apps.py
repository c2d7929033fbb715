from django.apps import AppConfig

from sanjin.common import frame, todo


class WorkbenchConfig(AppConfig):
    name = "workbench"
    verbose_name = "工作台"

    def ready(self) -> None:
        frame.register_menu("workbench", "工作台", icon="house", url_name="workbench:home", order=10)
        frame.register_bell(
            "todo", "待办", icon="bell", url_name="workbench:todo", order=10, count=todo.count
        )
