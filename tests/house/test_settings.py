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


def settings_read() -> set[str]:
    files = (ROOT / "sanjin/settings").glob("*.py")
    return {name for file in files for name in READ.findall(file.read_text())}


def test_what_takes_minutes_has_a_queue_of_its_own():
    app.loader.import_default_modules()
    known = {queue.name for queue in settings.CELERY_TASK_QUEUES}
    assert set(settings.CELERY_TASK_ROUTES) - set(app.tasks) == set()
    assert {route["queue"] for route in settings.CELERY_TASK_ROUTES.values()} <= known
    assert app.amqp.router.route({}, "sanjin.common.tasks.run_job")["queue"].name == "long"


# The image names its folders, and nothing but a developer's machine is for trying out.
NOT_FOR_CONTAINERS = {"DEBUG", "CAPTCHA_TEST_MODE", "LOCAL_DIR", "MEDIA_ROOT", "STATIC_ROOT", "STATIC_HASHED"}


def test_every_setting_reaches_the_containers():
    """`.env` is no part of the image: a name that docker-compose.yml doesn't hand on would be ignored in silence."""
    handed_on = set(re.findall(r"^    ([A-Z_]+):", (ROOT / "docker-compose.yml").read_text(), re.MULTILINE))
    assert settings_read() - handed_on == NOT_FOR_CONTAINERS


def test_operations_names_every_setting_of_the_environment():
    told = set(re.findall(r"`([A-Z_]+)`", (ROOT / "docs/operations.md").read_text()))
    assert settings_read() - told == set()


def test_the_proxy_lets_in_whom_the_platform_would():
    """An office or a meeting of hundreds stands behind one address: what the platform counts as too many failures is the
    limit, not how many of them come to the entrance at once."""
    conf = (ROOT / "deploy/nginx/sanjin.conf").read_text()
    burst, rate = (
        re.search(r"zone=entrance burst=(\d+)", conf),
        re.search(r"zone=entrance:10m rate=(\d+)r/s", conf),
    )
    assert burst and int(burst[1]) >= settings.LOGIN_ADDRESS_FAILURES
    assert rate and int(rate[1]) * 3600 >= settings.LOGIN_ADDRESS_FAILURES
