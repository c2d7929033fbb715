"""threats.md, test 2: the matrix is worth something only if it fails when a guard is gone. A sample of the scope filters
and permissions is opened to everybody; for each, knocking at a route behind it must be a surprise."""

import pytest

import accounts.views.admins
import meetings.actions.guards
import organizations.actions.guards
from accounts.models.account import AccountQuerySet
from meetings.models.meeting import MeetingQuerySet
from members.models.member import MemberQuerySet
from members.models.message import MessageQuerySet
from members.models.phone_return import PhoneReturnQuerySet
from members.permissions import IsMember
from organizations.models.organization import OrganizationQuerySet
from sanjin.common.models.job import JobQuerySet

from .knocking import surprises
from .routes import Route
from .rows import ROWS

pytestmark = pytest.mark.django_db

ACTORS = ("anonymous", "member_own", "member_other", "sibling", "general", "cousin", "frozen")


def everything(rows, account):
    return rows.all()


def everybody(*_args, **_kwargs):
    return True


SCOPES = [
    (OrganizationQuerySet, "organizations/<uuid:uuid>/"),
    (OrganizationQuerySet, "points/organizations/<uuid:uuid>/"),
    (OrganizationQuerySet, "api/v1/organizations/<uuid:uuid>/"),
    (MemberQuerySet, "members/<uuid:uuid>/"),
    (MeetingQuerySet, "meetings/<uuid:uuid>/"),
    (AccountQuerySet, "settings/admins/<slug:name>/"),
    (JobQuerySet, "jobs/<uuid:uuid>/"),
    (PhoneReturnQuerySet, "members/returns/<uuid:uuid>/"),
]


@pytest.mark.parametrize(("queryset", "path"), SCOPES, ids=[row[1] for row in SCOPES])
def test_matrix_fails_without_a_scope(queryset, path, world, monkeypatch):
    monkeypatch.setattr(queryset, "visible_to", everything)
    assert surprises(world, Route(path, "get"), ROWS[path], ACTORS)


GUARDS = [
    (IsMember, "has_permission", everybody, "api/v1/me/", "get"),
    (MessageQuerySet, "visible_to", everything, "api/v1/messages/<uuid:uuid>/read/", "post"),
    (accounts.views.admins, "must_manage", everybody, "settings/admins/<slug:name>/freeze/", "get"),
    (meetings.actions.guards, "can_manage", everybody, "meetings/<uuid:uuid>/cancel/", "get"),
    (
        organizations.actions.guards,
        "can_change_structure",
        everybody,
        "organizations/<uuid:uuid>/move/",
        "get",
    ),
]


@pytest.mark.parametrize(
    ("place", "name", "instead", "path", "method"), GUARDS, ids=[row[3] for row in GUARDS]
)
def test_matrix_fails_without_a_permission(place, name, instead, path, method, world, monkeypatch):
    monkeypatch.setattr(place, name, instead)
    assert surprises(world, Route(path, method), ROWS[path], ACTORS)
