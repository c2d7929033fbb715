"""Audit verbs of this app, as the audit's page shows them."""

VERBS = {"sample.loaded": "装入示例数据"}
