"""Settings and what is said of them: the clock rings tasks that exist, and operations.md knows every name."""

import re
from pathlib import Path

from django.conf import settings

from sanjin.celery import app

ROOT = Path(settings.BASE_DIR)
READ = re.compile(r'\benv(?:\.\w+)?\(\s*"([A-Z_]+)"')


def test_the_clock_rings_tasks_that_exist():
    app.loader.import_default_modules()
    rung = {line["task"] for line in settings.CELERY_BEAT_SCHEDULE.values()}
    assert rung - set(app.tasks) == set()


def test_operations_names_every_setting_of_the_environment():
    read = {
        name for file in (ROOT / "sanjin/settings").glob("*.py") for name in READ.findall(file.read_text())
    }
    told = set(re.findall(r"`([A-Z_]+)`", (ROOT / "docs/operations.md").read_text()))
    assert read - told == set()
