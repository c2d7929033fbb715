"""Audit verbs of this app, and what else its entries record, as the audit's page shows them."""

VERBS = {"sample.loaded": "装入示例数据"}

DATA = {
    "seed": "样例编号",
}
