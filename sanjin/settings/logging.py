"""Logs: one line an event on standard output, JSON in production; personal data is masked before it is written."""

from .env import DEBUG, env

LOG_FORMAT = env.str("LOG_FORMAT", default="line" if DEBUG else "json")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {"()": "sanjin.common.logs.JsonFormatter"},
        "line": {"()": "sanjin.common.logs.LineFormatter"},
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": LOG_FORMAT}},
    "root": {"handlers": ["console"], "level": env("LOG_LEVEL", default="INFO")},
    "loggers": {"django.request": {"level": "ERROR"}},
}
# Celery's worker would otherwise put a handler of its own in place of ours, and log unmasked.
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
