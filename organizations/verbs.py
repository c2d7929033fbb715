"""Audit verbs of this app, and what else its entries record, as the audit's page shows them."""

VERBS = {
    "organization.created": "新建组织",
    "organization.imported": "导入组织架构",
    "organization.basics_updated": "修改组织基础信息",
    "organization.settings_changed": "修改签到码与排行设置",
    "organization.renamed": "组织更名",
    "organization.retyped": "变更组织性质与类型",
    "organization.moved": "组织转隶",
    "organization.dissolved": "撤销组织",
    "organization.recycled": "组织移入回收站",
    "organization.restored": "恢复组织",
}

DATA = {
    "from": "原上级组织",
    "to": "现上级组织",
}
