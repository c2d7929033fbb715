"""The matrix: one row a route, one policy a method. `thing` names what the address holds (see things.py)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from . import policies as p
from .world import World


@dataclass(frozen=True)
class Row:
    methods: Mapping[str, p.Policy]
    thing: str = (
        ""  # its object is looked up by place; the address's converters are filled from its attributes
    )
    data: Mapping[str, Any] = field(default_factory=dict)
    leads_to_login: bool = False  # a permitted request may redirect to the login page (logout, old bookmarks)

    def address(self, world: World, path: str, place: str) -> str:
        values = world.things[self.thing, place] if self.thing else {}
        for name, value in values.items():
            for converter in ("uuid", "str", "int", "slug", "path"):
                path = path.replace(f"<{converter}:{name}>", str(value))
            path = path.replace(f"<{name}>", str(value))
        return "/" + path

    def body(self, world: World, method: str, actor: str, place: str) -> dict[str, Any]:
        if method == "get":
            return {"data": dict(self.data)} if self.data else {}
        json_actor = actor.startswith("member") or actor == "anonymous"
        return {"data": dict(self.data)} | ({"content_type": "application/json"} if json_actor else {})


OPEN = {"get": p.anybody}
OLD = Row(dict.fromkeys(("get", "post", "put", "patch", "delete"), p.anybody), leads_to_login=True)


def page(get: p.Policy | None = None, post: p.Policy | None = None, thing: str = "", **data: Any) -> Row:
    methods = {name: policy for name, policy in (("get", get), ("post", post)) if policy}
    return Row(methods, thing, data)


HOUSE = {
    "healthz": Row(OPEN),
    "readyz": Row(OPEN),
    "metrics": Row(OPEN),  # by address, see tests/house/test_health.py
    "app/": page(p.anybody),
    "app/manifest.webmanifest": Row(OPEN),
    "captcha/image/<slug:key>/": Row(OPEN, "captcha"),
    "": page(p.any_admin),
    "figures/": page(p.any_admin),
    "todo/": page(p.any_admin),
    "search/": page(p.any_admin),
    "jobs/": page(p.any_admin),
    "jobs/<uuid:uuid>/": page(p.owner, thing="members.check"),
    "jobs/<uuid:uuid>/cancel/": page(post=p.owner, thing="members.check"),
    # an address whose signature is old leads its owner back to the job, and nobody else anywhere
    "jobs/<uuid:uuid>/result/<str:token>/": page(p.owner, thing="members.check"),
}

ACCOUNTS = {
    "login/": Row(OPEN | {"post": p.anybody}, leads_to_login=True),
    "login/captcha/": page(p.anybody),
    "logout/": Row({"post": p.anybody}, leads_to_login=True),
    "activate/": Row({"get": p.nobody, "post": p.nobody}),  # only for who has just shown a one-time password
    "password/": page(p.any_admin, p.any_admin),
    "settings/": page(p.any_admin),
    "settings/admins/": page(p.superior),
    "settings/admins/generate/": page(p.committee, p.committee),
    # only with the file of one's own generation job, which nobody has here (tests/accounts/test_admins.py)
    "settings/admins/slips/<uuid:uuid>/": page(p.nobody, thing="organizations.preview"),
    "settings/admins/<slug:name>/": page(p.superior_scope, thing="admin"),
    "settings/admins/<slug:name>/reset/": page(post=p.direct_superior, thing="admin"),
    "settings/admins/<slug:name>/freeze/": page(p.direct_superior, p.direct_superior, thing="admin"),
    "settings/admins/<slug:name>/unfreeze/": page(post=p.direct_superior, thing="admin"),
    "settings/admins/<slug:name>/unlock/": page(post=p.direct_superior, thing="admin"),
    "settings/audit/": page(p.any_admin),
    "settings/audit/export/": page(post=p.any_admin),
    "settings/audit/<uuid:uuid>/": page(p.scope, thing="audit"),
} | dict.fromkeys(
    ("login", "login.html", "index.html", "index.jsp", "login.jsp", "admin/", "admin/login/", "user/login"),
    OLD,
)

TREE = "organizations/<uuid:uuid>/"
ORGANIZATIONS = {
    "organizations/": page(p.any_admin),
    "organizations/export/": page(post=p.any_admin),
    "organizations/recycled/": page(p.any_admin),
    "organizations/tree/": page(p.any_admin),
    "organizations/types/": page(p.any_admin),
    "organizations/import/": page(p.committee, p.committee),
    "organizations/import/template/": page(p.committee),
    "organizations/import/<uuid:uuid>/": page(
        p.owning_committee, p.owning_committee, thing="organizations.preview"
    ),
    TREE: page(p.scope, thing="organization"),
    TREE + "facts/": page(p.scope, thing="organization"),
    TREE + "basics/": page(p.own, p.own, thing="organization"),
    TREE + "settings/": page(p.own_or_committee_above, p.own_or_committee_above, thing="organization"),
    TREE + "create/": page(p.creator_below, p.creator_below, thing="organization"),
    TREE + "rename/": page(p.committee_above, p.committee_above, thing="organization"),
    TREE + "retype/": page(p.committee_above, p.committee_above, thing="organization"),
    TREE + "move/": page(p.committee_above, p.committee_above, thing="organization"),
    TREE + "superiors/": page(p.committee_above, thing="organization"),
    TREE + "dissolve/": page(p.committee_above, p.committee_above, thing="organization"),
    TREE + "recycle/": page(p.committee_above, p.committee_above, thing="organization"),
    TREE + "restore/": page(post=p.committee_above, thing="organization"),
}

PERSON = "members/<uuid:uuid>/"
MEMBERS = {
    "members/": page(p.any_admin),
    "members/export/": page(post=p.any_admin),
    "members/bin/": page(p.any_admin),
    "members/add/": page(p.branch_admin, p.branch_admin),
    "members/assign/": page(post=p.any_admin),
    "members/slips/": page(post=p.branch_admin),
    # says that it is over to everybody but the one who drew them (tests/members/test_slips.py)
    "members/slips/<uuid:uuid>/": page(p.branch_admin, thing="organizations.preview"),
    "members/import/": page(p.any_admin, p.branch_admin),
    "members/import/template/": page(p.any_admin),
    "members/import/<uuid:uuid>/": page(p.owning_branch, p.owning_branch, thing="members.check"),
    "members/split/": page(p.superior, p.superior),
    "members/split/<uuid:uuid>/": page(p.owning_superior, thing="members.split"),
    "members/parts/<uuid:uuid>/": page(p.keeper, p.keeper, thing="part"),
    "members/parts/<uuid:uuid>/check/": page(post=p.keeper, thing="part"),
    "members/parts/<uuid:uuid>/file/": page(post=p.keeper, thing="part"),
    "members/returns/": page(p.branch_admin),
    "members/returns/ask/": page(post=p.branch_admin),
    "members/returns/<uuid:uuid>/": page(p.keeper, p.keeper, thing="return"),
    PERSON: page(p.scope, thing="member"),
    PERSON + "edit/": page(p.keeper, p.keeper, thing="member"),
    PERSON + "numbers/": page(post=p.scope, thing="member"),
    PERSON + "photo/": page(p.nobody, thing="member"),
    PERSON + "recycle/": page(post=p.keeper, thing="member"),
    PERSON + "restore/": page(post=p.keeper, thing="recycled"),
    PERSON + "unlock/": page(post=p.keeper, thing="member"),
    PERSON + "slip/": page(post=p.keeper, thing="member"),
    PERSON + "posts/": page(p.scope, p.scope, thing="member"),
    PERSON + "posts/<uuid:held>/withdraw/": page(post=p.keeper, thing="post"),
}

EVENT = "meetings/<uuid:uuid>/"
MEETINGS = {
    "meetings/": page(p.any_admin),
    "meetings/export/": page(post=p.any_admin),
    "meetings/new/": page(p.any_admin, p.any_admin),
    "meetings/find-people/": page(p.any_admin),
    "meetings/find-hosts/": page(p.any_admin),
    EVENT: page(p.scope, thing="meeting"),
    EVENT + "edit/": page(p.own, p.own, thing="meeting"),
    EVENT + "publish/": page(post=p.own, thing="meeting"),
    EVENT + "cancel/": page(p.own, p.own, thing="meeting"),
    EVENT + "code/": page(p.own, thing="meeting"),
    EVENT + "code/live/": page(p.own, thing="meeting"),
    EVENT + "attendance/": page(p.scope, thing="meeting"),
    EVENT + "people/": page(p.own, p.own, thing="meeting"),
    EVENT + "people/<uuid:member>/add/": page(post=p.own, thing="participant"),
    EVENT + "people/<uuid:member>/proxy/": page(p.own, p.own, thing="participant"),
    EVENT + "people/<uuid:member>/withdraw/": page(p.own, p.own, thing="participant"),
    EVENT + "minutes/": page(p.own, p.own, thing="meeting"),
    EVENT + "minutes/versions/": page(p.scope, thing="meeting"),
}

AT = "api/v1/"
API_EVENT = AT + "meetings/<uuid:uuid>/"
API = {
    AT + "schema/": page(p.any_admin),
    AT + "docs/": page(p.any_admin),
    AT + "auth/login/": page(post=p.anybody),
    AT + "auth/logout/": page(post=p.any_member),
    AT + "auth/devices/": page(p.any_member),
    AT + "auth/devices/<uuid:uuid>/": Row({"delete": p.device_owner}, "device"),
    AT + "auth/password/forgot/": page(post=p.anybody),
    AT + "auth/password/reset/": page(post=p.anybody),
    AT + "auth/password/rules/": page(p.anybody),
    AT + "consents/": page(post=p.any_member),
    AT + "organizations/": page(p.any_member),
    AT + "organizations/<uuid:uuid>/": page(p.neighbour, thing="organization"),
    AT + "meetings/": page(p.any_member, p.any_member),
    AT + "meetings/options/": page(p.any_member),
    API_EVENT: page(p.branch_member, thing="meeting"),
    # organisers only, and no actor here organises: members of the same branch are refused as well
    API_EVENT + "qr/": page(p.nobody, thing="meeting"),
    API_EVENT + "participants/": page(p.nobody, p.nobody, thing="meeting"),
    API_EVENT + "proxy-check-ins/": page(post=p.nobody, thing="meeting"),
    API_EVENT + "check-ins/<uuid:member>/": Row({"delete": p.nobody}, "participant"),
    API_EVENT + "leave/": page(post=p.branch_member, thing="meeting"),
    API_EVENT + "minutes/": page(post=p.nobody, thing="meeting"),
    AT + "check-ins/": page(post=p.any_member),
    AT + "me/": page(p.any_member),
    AT + "branch/members/": page(p.any_member),
    AT + "messages/": page(p.any_member),
    AT + "messages/<uuid:uuid>/read/": page(post=p.device_owner, thing="message"),
}

SUM = "points/organizations/<uuid:uuid>/"
POINTS = {
    "points/": page(p.any_admin),
    "points/export/": page(post=p.any_admin),
    "points/rules/": page(p.any_admin),
    "points/rules/<str:code>/": page(p.root, p.root, thing="rule"),
    "points/entries/": page(p.any_admin),
    "points/entries/export/": page(post=p.any_admin),
    "points/refusals/": page(p.any_admin),
    "points/refusals/export/": page(post=p.any_admin),
    SUM: page(p.scope, thing="organization"),
    SUM + "formula/": page(p.scope, thing="organization"),
    SUM + "behind/": page(p.scope, thing="organization"),
    SUM + "members/export/": page(post=p.scope, thing="organization"),
    SUM + "branches/export/": page(post=p.scope, thing="organization"),
    AT + "me/points/": page(p.any_member),
    AT + "me/points/summary/": page(p.any_member),
    AT + "points/rules/": page(p.any_member),
    AT + "organizations/<uuid:uuid>/total/": page(p.neighbour, thing="organization"),
    AT + "rankings/organizations/": page(p.any_member),
    AT + "rankings/members/": page(p.any_member),
}

ROWS: dict[str, Row] = HOUSE | ACCOUNTS | ORGANIZATIONS | MEMBERS | MEETINGS | API | POINTS
