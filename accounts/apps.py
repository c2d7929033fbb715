from django.apps import AppConfig

from sanjin.common import frame


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "账号"

    def ready(self) -> None:
        from accounts import facts, slips, stakes, todos
        from accounts.filters import ADMIN_OF_ORGANIZATION
        from organizations import conditions
        from organizations import facts as organization_facts
        from organizations import stakes as organization_stakes
        from sanjin.common import jobs, todo

        todo.register(todos.todos)
        organization_facts.register("管理员账号", facts.admin_accounts, order=20)
        organization_stakes.register("accounts", follow=stakes.follow)
        conditions.register("admin", ADMIN_OF_ORGANIZATION)

        jobs.register(slips.KIND, slips.run_generation)
        frame.register_menu(
            "accounts",
            "系统设置",
            icon="gear",
            url_name="accounts:settings",
            order=120,
        )
        frame.register_account_link(
            "password", "修改密码", icon="key", url_name="accounts:password", order=10
        )
        frame.register_account_link(
            "logout", "退出登录", icon="box-arrow-right", url_name="accounts:logout", order=90, post=True
        )
