"""What audit verbs are called in Chinese. Each app has them in its `verbs.py`: `VERBS = {"meeting.called": "召集会议"}`."""

from functools import cache
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps


@cache
def labels() -> dict[str, str]:
    """Every verb of every app, in the apps' order."""
    found: dict[str, str] = {}
    for config in apps.get_app_configs():
        name = f"{config.name}.verbs"
        if config.name != "sanjin.common" and find_spec(name):
            found |= import_module(name).VERBS
    return found | {
        "job.started": "开始任务",
        "job.cancelled": "取消任务",
        "job.downloaded": "下载任务结果",
        "list.exported": "导出列表",
    }


def label_of(verb: str) -> str:
    return labels().get(verb, verb)
