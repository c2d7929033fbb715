"""Audit verbs of this app, and what else its entries record, as the audit's page shows them."""

VERBS = {
    "account.logged_in": "登录管理后台",
    "account.logged_out": "退出管理后台",
    "account.locked": "密码连续输错，账号锁定",
    "account.activated": "激活账号",
    "account.password_changed": "修改密码",
    "account.reset": "重置管理员密码",
    "account.frozen": "冻结账号",
    "account.unfrozen": "解冻账号",
    "account.unlocked": "解锁账号",
    "account.root_issued": "开通最上级管理员账号",
    "account.root_reset": "重置最上级管理员密码",
    "admins.generated": "生成管理员账号",
}

DATA = {
    "prefix": "账号前缀",
    "names": "账号起止",
    "name": "账号",
}
