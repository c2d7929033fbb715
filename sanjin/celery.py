"""The Celery application. A message is only a bell; the truth is in PostgreSQL."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sanjin.settings")

app = Celery("sanjin")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
