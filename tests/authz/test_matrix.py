"""threats.md, test 1: every route × method × actor × object. A route without a row fails; 0 unexpected 2xx."""

import pytest

from .knocking import surprises
from .routes import Route, routes
from .rows import ROWS
from .world import ACTORS

pytestmark = pytest.mark.django_db

ROUTES = routes()


def test_every_route_has_a_row_and_every_row_a_route():
    known = {(path, method) for path, row in ROWS.items() for method in row.methods}
    assert {(r.path, r.method) for r in ROUTES} == known


@pytest.mark.parametrize("route", ROUTES, ids=lambda r: f"{r.method} {r.path}")
def test_only_those_who_may_get_through(route: Route, world):
    wrong = surprises(world, route, ROWS[route.path], ACTORS)
    assert not wrong, "\n".join(wrong)
