"""threats.md, test 1: every route × method × actor × object. A route without a row fails; 0 unexpected 2xx."""

import time
from copy import deepcopy as copy

import pytest
from django.db import transaction
from django.test import Client

from .routes import Route, routes
from .rows import ROWS, Row
from .things import make_things
from .world import ACTORS, PLACES, build, freeze

pytestmark = pytest.mark.django_db

ROUTES = routes()
REFUSALS = {401, 403, 404, 405}


class Undo(Exception):
    """Roll back what a permitted request changed, so that each cell of the matrix starts from the same world."""


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        try:
            with transaction.atomic():
                world = build()
                make_things(world)
                world.clients = {actor: open_client(account) for actor, account in world.accounts.items()}
                world.cookies = {actor: copy(client.cookies) for actor, client in world.clients.items()}
                freeze(world)
                yield world
                raise Undo
        except Undo:
            pass


def open_client(account) -> Client:
    client = Client(raise_request_exception=False)
    if account is None:
        return client
    if account.is_admin:
        client.force_login(account)
        session = client.session
        session["began"] = session["seen"] = int(time.time())
        session.save()
    else:
        from accounts.models import DeviceToken  # noqa: PLC0415 models are ready only inside a test

        client.defaults["HTTP_AUTHORIZATION"] = (
            "Token " + DeviceToken.objects.create(account, device=account.name)[1]
        )
    return client


def test_every_route_has_a_row_and_every_row_a_route():
    known = {(path, method) for path, row in ROWS.items() for method in row.methods}
    assert {(r.path, r.method) for r in ROUTES} == known


@pytest.mark.parametrize("route", ROUTES, ids=lambda r: f"{r.method} {r.path}")
def test_only_those_who_may_get_through(route: Route, world, django_db_blocker):
    row: Row = ROWS[route.path]
    policy = row.methods[route.method]
    wrong = []
    with django_db_blocker.unblock():
        for place in places(world, row):
            for actor in ACTORS:
                status, passed = knock(world, route, row, actor, place)
                if status >= 500 or passed != policy(world, actor, place):
                    wrong.append(f"{actor} on {place}: {status}")
    assert not wrong, "\n".join(wrong)


def places(world, row: Row) -> list[str]:
    """Where a thing of this kind exists; a row without one is asked once."""
    return [place for place in PLACES if (row.thing, place) in world.things] if row.thing else ["own"]


def knock(world, route: Route, row: Row, actor: str, place: str) -> tuple[int, bool]:
    """Send the request and undo it; (status, whether the actor got past the guards)."""
    address, body = row.address(world, route.path, place), row.body(world, route.method, actor, place)
    client = world.clients[actor]
    client.cookies = copy(world.cookies[actor])  # a permitted logout must not log out the next cell
    try:
        with transaction.atomic():
            response = getattr(client, route.method)(address, **body)
            raise Undo
    except Undo:
        pass
    to_login = response.status_code == 302 and response["Location"].startswith("/login/")
    passed = response.status_code not in REFUSALS and (not to_login or row.leads_to_login)
    return response.status_code, passed
