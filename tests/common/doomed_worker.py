"""A worker process that test_jobs kills: says `half-way` inside its transaction, or behind its commit, and waits."""

import os
import sys
import time

import django

job_id, when = int(sys.argv[1]), sys.argv[2]

django.setup()

from django.conf import settings  # noqa: E402  after setup
from django.db import connection  # noqa: E402  after setup

settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = os.environ["DATABASE_NAME"]

from sanjin.common import jobs  # noqa: E402  after the database is named


def half_way() -> None:
    print("half-way", flush=True)
    time.sleep(60)


def runner(job: jobs.JobHandle) -> None:
    with job.once():
        with connection.cursor() as cursor:
            cursor.execute("UPDATE organizations_organization SET phone = phone || 'x'")
        if when == "before":
            half_way()
    half_way()


jobs.register("test.kind", runner)
jobs.run(job_id)
