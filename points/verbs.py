"""Audit verbs of this app, and what else its entries record, as the audit's page shows them."""

VERBS = {
    "points.rule_changed": "修改积分规则",
    "points.reversed": "冲销积分",
    "points.year_closed": "积分年度结账",
}

DATA = {
    "year": "年度",
}
