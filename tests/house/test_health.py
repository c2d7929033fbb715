"""What a supervisor and a load balancer are told, while all is well and while something is down."""

import importlib
from functools import partial

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.test import Client

from sanjin.common import health


def test_healthz_asks_nothing_of_the_database(client):
    response = client.get("/healthz")  # without the django_db mark a query would raise
    assert (response.status_code, response.json()) == (200, {"status": "ok"})


@pytest.mark.django_db
def test_readyz_names_each_check(client):
    response = client.get("/readyz")
    assert response.status_code == 200
    assert response.json()["checks"] == {"database": "ok", "migrations": "ok", "redis": "ok"}


@pytest.mark.django_db
def test_readyz_without_redis_is_503_and_says_so(client, settings):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json() == {
        "status": "failing",
        "checks": {"database": "ok", "migrations": "ok", "redis": "ConnectionError"},
    }


@pytest.mark.django_db(transaction=True)
def test_readyz_with_a_migration_missing_is_503(client):
    health._check_migrations.cache_clear()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'sessions' RETURNING name")
        names = [name for (name,) in cursor.fetchall()]
    try:
        checks = client.get("/readyz").json()["checks"]
        assert checks["migrations"] == f"{len(names)} migrations are not applied"
    finally:
        with connection.cursor() as cursor:
            for name in names:
                cursor.execute(
                    "INSERT INTO django_migrations (app, name, applied) VALUES ('sessions', %s, now())",
                    [name],
                )


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"REMOTE_ADDR": "127.0.0.1"}, 200),
        ({"REMOTE_ADDR": "10.1.2.3"}, 200),
        ({"REMOTE_ADDR": "203.0.113.9"}, 404),
        ({"REMOTE_ADDR": "10.1.2.3", "HTTP_X_FORWARDED_FOR": "203.0.113.9"}, 404),
        ({"REMOTE_ADDR": "203.0.113.9", "HTTP_AUTHORIZATION": "Bearer right"}, 200),
        ({"REMOTE_ADDR": "203.0.113.9", "HTTP_AUTHORIZATION": "Bearer wrong"}, 404),
    ],
)
def test_metrics_are_for_the_inside_or_a_token(settings, sent, status):
    settings.METRICS_TOKEN = "right"
    # 203.0.113.0/24 is for documents, and Python counts it as private: a public address stands in for it.
    sent = {key: value.replace("203.0.113.9", "8.8.8.8") for key, value in sent.items()}
    assert Client().get("/metrics", **sent).status_code == status


def test_the_test_captcha_refuses_to_start_in_production(monkeypatch):
    settings_of = partial(importlib.import_module, package="sanjin.settings")
    monkeypatch.setenv("CAPTCHA_TEST_MODE", "1")
    monkeypatch.setattr(settings_of(".env"), "TESTING", False)
    with pytest.raises(ImproperlyConfigured, match="CAPTCHA_TEST_MODE"):
        importlib.reload(settings_of(".accounts"))
