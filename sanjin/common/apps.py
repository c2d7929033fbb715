from django.apps import AppConfig
from django.forms import Field


class CommonConfig(AppConfig):
    name = "sanjin.common"
    label = "common"
    verbose_name = "公共"

    def ready(self) -> None:
        # Django's own translation (这个字段是必须的) says neither what to do nor in whose words
        Field.default_error_messages["required"] = "这一项必填，请补充。"
