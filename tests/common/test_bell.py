"""A broker that is dead, or that accepts and says nothing, neither fails nor holds up a request."""

import socket
import time

import pytest
from celery import Celery
from django.conf import settings
from django.db import transaction

from sanjin.common import bell


@pytest.fixture(autouse=True)
def heard_again(monkeypatch):
    monkeypatch.setattr(bell, "_silent_until", 0.0)


def task_at(address: str):
    app = Celery("elsewhere", broker=address, set_as_current=False)
    app.conf.broker_transport_options = settings.CELERY_BROKER_TRANSPORT_OPTIONS

    @app.task(name="elsewhere.task")
    def task(number):
        return number

    return task


@pytest.fixture
def silent_server():
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen(5)
        yield f"redis://127.0.0.1:{server.getsockname()[1]}/0"


def within(seconds: float, work) -> bool:
    """Whether it takes no longer. Of three times the fastest counts: a busy machine only ever adds."""

    def took() -> float:
        started = time.monotonic()
        work()
        return time.monotonic() - started

    return any(took() < seconds for _ in range(3))


def ring_afresh(task) -> None:
    """As if nobody had been silent yet."""
    bell._silent_until = 0.0
    bell.ring(task, 1)


def test_ring_with_a_dead_broker_does_not_raise_and_returns_within_a_second(transactional_db):
    started, task = time.monotonic(), task_at("redis://127.0.0.1:1/0")
    assert within(1, lambda: ring_afresh(task))
    assert bell._silent_until > started


def test_ring_with_a_silent_broker_waits_once_and_then_not_at_all(transactional_db, silent_server):
    task = task_at(silent_server)
    once = settings.CELERY_BROKER_TRANSPORT_OPTIONS["socket_timeout"] + 1
    assert within(once, lambda: ring_afresh(task))
    assert within(0.5, lambda: [bell.ring(task, 1) for _ in range(20)])


def test_ring_waits_for_the_commit(transactional_db, monkeypatch):
    sent = []
    monkeypatch.setattr(bell, "_send", lambda task, args: sent.append(args))
    with transaction.atomic():
        bell.ring(task_at("redis://127.0.0.1:1/0"), 7)
        assert sent == []
    assert sent == [(7,)]


def test_ring_of_a_rolled_back_transaction_is_not_sent(transactional_db, monkeypatch):
    sent = []
    monkeypatch.setattr(bell, "_send", lambda task, args: sent.append(args))
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        bell.ring(task_at("redis://127.0.0.1:1/0"), 7)
        raise ZeroDivisionError
    assert sent == []
