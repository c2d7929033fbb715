from django.apps import AppConfig


class CommonConfig(AppConfig):
    name = "sanjin.common"
    label = "common"
    verbose_name = "公共"
