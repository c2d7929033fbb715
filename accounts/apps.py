from django.apps import AppConfig

from sanjin.common import frame


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "账号"

    def ready(self) -> None:
        frame.register_account_link(
            "password", "修改密码", icon="key", url_name="accounts:password", order=10
        )
        frame.register_account_link(
            "logout", "退出登录", icon="box-arrow-right", url_name="accounts:logout", order=90, post=True
        )
