from django.apps import AppConfig
from django.forms import Field


class CommonConfig(AppConfig):
    name = "sanjin.common"
    label = "common"
    verbose_name = "公共"

    def ready(self) -> None:
        # imported here: pages and jobs need models, which stand only now
        from sanjin.common import exports, frame, jobs, todo
        from sanjin.common.jobs.queries import ended_unseen, unfinished

        frame.register_search("search:results")
        todo.register(ended_unseen)
        frame.register_bell(
            "jobs", "任务", icon="hourglass-split", url_name="jobs:list", order=20, count=unfinished
        )
        jobs.register(exports.KIND, exports.export_list)
        # Django's own translation (这个字段是必须的) says neither what to do nor in whose words
        Field.default_error_messages["required"] = "这一项必填，请补充。"
