"""For machines that watch the platform: /healthz, /readyz, /metrics. They tell nothing about people.

`/healthz` the process answers. `/readyz` it can do its work: database, migrations, Redis, each with bounded
time. `/metrics` Prometheus, only for internal addresses or with METRICS_TOKEN; anybody else gets the 404 of
no such page.
"""

import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from functools import cache
from hmac import compare_digest
from ipaddress import ip_address

import redis
from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django_prometheus.exports import ExportToDjangoView

CHECK_SECONDS = 3

log = logging.getLogger(__name__)
# Threads of their own, because a frozen server can hold a check for longer than the one who asks will wait.
_checkers = ThreadPoolExecutor(max_workers=3, thread_name_prefix="readyz")


class NotReady(Exception):
    """A check that failed for a reason that may be shown."""


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """200 while the process lives; asks nothing of the database."""
    return JsonResponse({"status": "ok"})


@never_cache
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """200 `{"status": "ok", "checks": {...}}`, or 503 with the failing checks named."""
    waiting = {name: _checkers.submit(check) for name, check in CHECKS.items()}
    wait(waiting.values(), timeout=CHECK_SECONDS)
    results = {name: _result(name, check) for name, check in waiting.items()}
    ready = set(results.values()) == {"ok"}
    body = {"status": "ok" if ready else "failing", "checks": results}
    return JsonResponse(body, status=200 if ready else 503)


@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Prometheus' text format."""
    if not _may_read_metrics(request):
        raise Http404
    return ExportToDjangoView(request)


def _result(name: str, check: Future) -> str:
    if not check.done():
        check.cancel()
        return f"no answer in {CHECK_SECONDS} s"
    error = check.exception()
    if error is None or isinstance(error, NotReady):
        return str(error or "ok")
    log.warning("readyz: %s: %s", name, error)
    return type(error).__name__


def _check_database() -> None:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    finally:
        connection.close()


@cache  # an exception is asked again; once migrated, this process' code stays so
def _check_migrations() -> None:
    try:
        executor = MigrationExecutor(connection)
        pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    finally:
        connection.close()
    if pending:
        raise NotReady(f"{len(pending)} migrations are not applied")


def _check_redis() -> None:
    options = {"socket_connect_timeout": 1, "socket_timeout": 1}
    with redis.Redis.from_url(settings.REDIS_URL, **options) as client:
        client.ping()


CHECKS: dict[str, Callable[[], None]] = {
    "database": _check_database,
    "migrations": _check_migrations,
    "redis": _check_redis,
}


def _may_read_metrics(request: HttpRequest) -> bool:
    token = settings.METRICS_TOKEN
    given = request.headers.get("Authorization", "")
    if token and compare_digest(given.encode(), f"Bearer {token}".encode()):
        return True
    # Behind a proxy every request comes from an internal address: then only the token counts.
    if "X-Real-Ip" in request.headers or "X-Forwarded-For" in request.headers:
        return False
    return ip_address(request.META["REMOTE_ADDR"]).is_private


urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("metrics", metrics, name="metrics"),
]
