"""Celery: bells, and the clock that rings them. Every effect has a key in PostgreSQL, so a bell may ring twice."""

from celery.schedules import crontab
from kombu import Queue

from .database import REDIS_URL
from .env import env

CELERY_BROKER_URL = REDIS_URL
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_TIME_LIMIT = 3600
CELERY_TIMEZONE = "Asia/Shanghai"
CELERY_BEAT_SCHEDULER = "django_celery_beat.schedulers:DatabaseScheduler"
# Publishing is bounded: when Redis is away a request must not wait for it; the minute's sweep does the work.
# Without `max_retries` kombu itself waits and tries again, for 6 seconds.
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "max_retries": 0,
    "socket_connect_timeout": 1,
    "socket_timeout": 3,
    "visibility_timeout": 4000,
}
CELERY_TASK_PUBLISH_RETRY = False
# What takes minutes has a queue of its own. A worker hears both unless told otherwise (`--queues`): one is enough for a
# small house, and docker-compose.yml keeps them apart.
CELERY_TASK_QUEUES = (Queue("celery"), Queue("long"))
CELERY_TASK_ROUTES = {
    "sanjin.common.tasks.run_job": {"queue": "long"},
    "points.tasks.recompute_all": {"queue": "long"},
}

CELERY_BEAT_SCHEDULE = {
    "points-sweep": {
        "task": "points.tasks.recompute_dirty",
        "schedule": env.float("POINTS_SWEEP_SECONDS", default=60.0),
    },
    "points-nightly": {"task": "points.tasks.recompute_all", "schedule": crontab(hour=2, minute=0)},
    "points-partitions": {"task": "points.tasks.prepare_partitions", "schedule": crontab(hour=1, minute=0)},
    "meetings-overdue": {"task": "meetings.tasks.remind_late_minutes", "schedule": crontab(minute="*/10")},
    "accounts-sweep": {"task": "accounts.tasks.sweep", "schedule": crontab(minute="*/10")},
    "members-sweep": {"task": "members.tasks.sweep", "schedule": 60.0},
    "members-parts": {"task": "members.tasks.expire_parts", "schedule": crontab(hour=3, minute=20)},
    "audit-seal": {"task": "sanjin.common.tasks.seal_audit", "schedule": 60.0},
    "jobs-resume": {"task": "sanjin.common.tasks.resume_jobs", "schedule": 60.0},
    "jobs-files": {"task": "sanjin.common.tasks.sweep_job_files", "schedule": crontab(hour=3, minute=40)},
}
