"""The small tree of tests/authz, with one of everything and a client for everybody: made once a module."""

from copy import deepcopy as copy

import pytest
from django.db import transaction


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    # not before Django is set up: they import models
    from tests.authz.knocking import Undo, open_client  # noqa: PLC0415  plugins are read before Django is set up
    from tests.authz.things import make_things  # noqa: PLC0415  plugins are read before Django is set up
    from tests.authz.world import build, freeze  # noqa: PLC0415  plugins are read before Django is set up

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
