"""For the containers' health checks: `healthcheck.py web|beat`. Exit code 0, or 1 with the reason."""

import os
import sys
import urllib.error
import urllib.request

import psycopg2

# Beat writes down what it rang every three minutes.
BEAT_IS_LATE = """
    SELECT coalesce(max(last_run_at) < now() - interval '8 minutes', true) FROM django_celery_beat_periodictask
"""


def check_web() -> str | None:
    """Is /readyz content? Returns its complaint."""
    host = os.environ["ALLOWED_HOSTS"].split(",")[0]
    request = urllib.request.Request("http://127.0.0.1:8000/readyz", headers={"Host": host})
    try:
        with urllib.request.urlopen(request, timeout=8):  # noqa: S310  our own address
            return None
    except urllib.error.HTTPError as error:
        return error.read().decode()
    except OSError as error:
        return str(error)


def check_beat() -> str | None:
    """Did the clock ring lately? Beat has no port to ask; the database knows."""
    with psycopg2.connect(os.environ["DATABASE_URL"], connect_timeout=5) as connection:
        cursor = connection.cursor()
        cursor.execute(BEAT_IS_LATE)
        return "beat rang nothing for 8 minutes" if cursor.fetchone()[0] else None


if __name__ == "__main__":
    sys.exit({"web": check_web, "beat": check_beat}[sys.argv[1]]())
