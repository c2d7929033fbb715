"""Knocking at a route as somebody, and undoing whatever that did: shared by the matrix and the attacks."""

import time
from copy import deepcopy as copy
from uuid import uuid4

from django.db import transaction
from django.test import Client

from .routes import Route
from .rows import Row
from .world import PLACES

REFUSALS = {401, 403, 404, 405}


class Undo(Exception):
    """Roll back what a permitted request changed, so that each cell of the matrix starts from the same world."""


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

        # Each client is a phone of its own: a device has one token of an account.
        client.defaults["HTTP_AUTHORIZATION"] = (
            "Token " + DeviceToken.objects.create(account, device=uuid4().hex)[1]
        )
    return client


def ask(world, actor: str, method: str, address: str, **request):
    """Send a request as `actor` and undo what it did; the response."""
    client = world.clients[actor]
    client.cookies = copy(world.cookies[actor])  # a permitted logout must not log out the next request
    try:
        with transaction.atomic():
            response = getattr(client, method)(address, **request)
            raise Undo
    except Undo:
        pass
    return response


def places(world, row: Row) -> list[str]:
    """Where a thing of this kind exists; a row without one is asked once."""
    return [place for place in PLACES if (row.thing, place) in world.things] if row.thing else ["own"]


def knock(world, route: Route, row: Row, actor: str, place: str) -> tuple[int, bool]:
    """Send the route's request and undo it; (status, whether the actor got past the guards)."""
    address, body = row.address(world, route.path, place), row.body(world, route.method, actor, place)
    response = ask(world, actor, route.method, address, **body)
    to_login = response.status_code == 302 and response["Location"].startswith("/login/")
    passed = response.status_code not in REFUSALS and (not to_login or row.leads_to_login)
    return response.status_code, passed


def surprises(world, route: Route, row: Row, actors) -> list[str]:
    """The cells of one route whose answer is not the policy's, or is a failure."""
    policy = row.methods[route.method]
    wrong = []
    for place in places(world, row):
        for actor in actors:
            status, passed = knock(world, route, row, actor, place)
            if status >= 500 or passed != policy(world, actor, place):
                wrong.append(f"{actor} on {place}: {status}")
    return wrong
