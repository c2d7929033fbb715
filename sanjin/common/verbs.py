"""What the audit's page calls things in Chinese. Each app says it in its `verbs.py`:

VERBS = {"meeting.called": "召集会议"}
DATA = {"came": "到会人数"}      # keys of an entry's `data`, and columns that have no Chinese name of their own
"""

from functools import cache
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps


@cache
def labels() -> dict[str, str]:
    """Every verb of every app, in the apps' order."""
    return _of_apps("VERBS") | {
        "job.started": "开始任务",
        "job.cancelled": "取消任务",
        "job.downloaded": "下载任务结果",
        "list.exported": "导出列表",
    }


@cache
def data_labels() -> dict[str, str]:
    """Key or column → its name. What has none is for programs only."""
    return _of_apps("DATA") | {"count": "数量"}


def label_of(verb: str) -> str:
    return labels().get(verb, verb)


def _of_apps(table: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for config in apps.get_app_configs():
        name = f"{config.name}.verbs"
        if config.name != "sanjin.common" and find_spec(name):
            found |= getattr(import_module(name), table, {})
    return found
