"""What nobody types: NUL bytes, numbers without end, other calendars, names of attributes, in every parameter of every
page, as somebody who may open it. Nothing may be a 5xx, and no page may write it back unescaped."""

import pytest

from accounts.models import Account
from meetings.models import Meeting, Minutes
from members.models import Member, Message
from organizations.models import Organization
from sanjin.common.models import Job
from tests.authz import policies
from tests.authz.knocking import ask, places
from tests.authz.routes import Route, routes
from tests.authz.rows import ROWS

pytestmark = pytest.mark.django_db

ROUTES = routes()
SCRIPT = "<script>alert(1)</script>{{7*7}}\"'"
HOSTILE = (
    "a\x00b",
    "9" * 30,
    "-1",
    "__proto__",
    f"/{SCRIPT}",
    "x" * 9000,
    "0001-01-01T00:00",
    "٣",
    "%",
    "[]",
)
QUERY = [
    "page",
    "order",
    "col",
    "cursor",
    "period",
    "year",
    "q",
    "search",
    "organization",
    "member",
    "nature",
    "state",
    "since",
    "until",
    "title",
    "phase",
    "kind",
    "sex",
    "complete",
    "age",
    "post",
    "flag",
    "rule",
    "subject_kind",
    "own",
    "who",
    "verb",
    "about",
    "never",
    "type",
    "parent",
    "current",
    "links",
    "newer",
    "older",
    "scope",
    "next",
    "expired",
]
FIELDS = [
    "name",
    "password",
    "captcha",
    "captcha_key",
    "again",
    "agreed",
    "old",
    "new",
    "prefix",
    "reason",
    "agenda",
    "audience",
    "starts_at",
    "ends_at",
    "joint_hosts",
    "kind",
    "organisers",
    "participants",
    "place",
    "title",
    "text",
    "members",
    "post",
    "since",
    "id_number",
    "phone",
    "landline",
    "joined_on",
    "full_on",
    "pledged_on",
    "ethnicity",
    "education",
    "occupation",
    "address",
    "state",
    "lost_contact",
    "lost_on",
    "floating",
    "floating_to",
    "founded_on",
    "latitude",
    "longitude",
    "nature",
    "rankings_shown",
    "screenshot_codes",
    "target",
    "term_ends_on",
    "type",
    "points_cap",
    "points_window",
    "score",
    "starts_on",
    "times_cap",
    "times_window",
    "offer",
    "job",
    "row",
    "selected",
    "next",
    "file",
    "photo",
]
JSON = {"organisers": [], "members": [], "code": "", "account": "", "device": "", "document": "", "nonce": ""}


@pytest.fixture(scope="module", autouse=True)
def hostile_words(world, django_db_blocker):
    with django_db_blocker.unblock():
        Minutes.objects.all().delete()  # they are still to be filed
        # what people may write freely; the same words stand in the parameters below
        Meeting.objects.update(title=SCRIPT, place=SCRIPT, agenda=SCRIPT)
        Organization.objects.update(name=SCRIPT, address=SCRIPT)
        Message.objects.update(title=SCRIPT, body=SCRIPT, link="javascript:alert(1)")
        Job.objects.update(title=SCRIPT, message=SCRIPT)
        Account.objects.update(display_name=SCRIPT[:30])
        Member.objects.update(name=SCRIPT[:30], education=SCRIPT[:20])


def somebody(world, route: Route) -> tuple[str, str]:
    """The first who may: (actor, place)."""
    row = ROWS[route.path]
    policy = row.methods[route.method]
    for actor in ("branch", "superior", "root", "member_own", "anonymous"):
        for place in places(world, row):
            if policy(world, actor, place):
                return actor, place
    return ("member_own" if route.path.startswith("api/") else "branch"), "own"


def parameters(route: Route, value: str) -> dict:
    if route.method == "get":
        return {"data": dict.fromkeys(QUERY, value)}
    data: dict = dict.fromkeys(FIELDS, value)
    if not route.path.startswith("api/"):
        return {"data": data}
    data |= {key: [value] if like == [] else value for key, like in JSON.items()}
    return {"data": data, "content_type": "application/json"}


@pytest.mark.parametrize("route", ROUTES, ids=lambda r: f"{r.method} {r.path}")
def test_hostile_parameters_get_an_answer(route, world):
    row, (actor, place) = ROWS[route.path], somebody(world, route)
    if row.methods[route.method] is policies.anybody and row.leads_to_login and route.path != "login/":
        pytest.skip("only leads to the login page")
    address, failed = row.address(world, route.path, place), []
    for value in HOSTILE:
        response = ask(world, actor, route.method, address, **parameters(route, value))
        html = response.headers.get("Content-Type", "").startswith("text/html")
        if response.status_code >= 500 or (html and b"<script>alert" in response.content):
            failed.append((value[:20], response.status_code))
    assert not failed


def test_the_hostile_words_do_reach_the_pages(world):
    """Escaped: otherwise their absence above proves nothing."""
    pages = {
        "branch": ["/meetings/", "/members/", "/jobs/"],
        "superior": ["/organizations/", "/settings/admins/"],
    }
    for actor, addresses in pages.items():
        for address in addresses:
            assert b"&lt;script&gt;alert" in ask(world, actor, "get", address).content, address


# Bodies that are not what they say: (content type, body)
BROKEN = {
    "no json": ("application/json", b"{"),
    "json too deep": ("application/json", b"[" * 100_000),
    "json too large": ("application/json", b'{"code": "' + b"x" * 3_000_000 + b'"}'),
    "a list": ("application/json", b"[]"),
    "a number": ("application/json", b"1"),
    "endless number": ("application/json", b'{"code": ' + b"9" * 5000 + b"}"),
    "half a character": ("application/json", b'{"code": "\\ud800", "account": "\\ud800", "text": "\\ud800"}'),
    "bytes": ("application/json", b"\xff\xfe\x00"),
    "another charset": ("application/json; charset=nothing", b"{}"),
    "xml": ("application/xml", b"<a/>"),
    "no boundary": ("multipart/form-data", b"x"),
    "nothing": ("", b""),
}
WRITERS = [r for r in ROUTES if r.path.startswith("api/") and r.method in ("post", "delete")]


@pytest.mark.parametrize("name", BROKEN)
def test_broken_bodies_are_problems(name, world):
    kind, body = BROKEN[name]
    failed = []
    for route in WRITERS:
        row, (actor, place) = ROWS[route.path], somebody(world, route)
        address = row.address(world, route.path, place)
        sent = {"path": address, "data": body, "content_type": kind}
        response = ask(world, actor, "generic", route.method.upper(), **sent)
        if response.status_code >= 500:
            failed.append((route.path, response.status_code))
    assert not failed


CURSORS = [
    "garbage",
    "cD1hYmM=",
    "cD0lMDA=",
    "bz05OTk5OTk5OTk5OTk5OTk5OTk5OQ==",
    "cj0xJnA9OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5",
]
FEEDS = ["messages/", "meetings/", "organizations/", "me/points/"]


@pytest.mark.parametrize("path", FEEDS)
@pytest.mark.parametrize("cursor", CURSORS)
def test_made_up_cursors_are_refused_or_ignored(path, cursor, world):
    response = ask(world, "member_own", "get", f"/api/v1/{path}", data={"cursor": cursor})
    assert response.status_code in (200, 400, 404)


@pytest.mark.parametrize("selected", ["9" * 30, "a\x00b", "-1", "__proto__", "1 OR 1=1", "٣"])
def test_selections_that_no_page_offers_are_refused(selected, world):
    for address in ("/members/slips/", "/members/assign/"):
        response = ask(world, "branch", "post", address, data={"selected": selected})
        assert response.status_code < 500


@pytest.mark.parametrize(
    "target",
    [
        "//evil.example",
        "https://evil.example/",
        "javascript:alert(1)",
        "members:list",
        "x",
        "/\\evil.example",
        "/members/\x00",
    ],
)
def test_login_leads_nowhere_else(target, world):
    response = ask(world, "branch", "get", "/login/", data={"next": target})
    assert response.status_code == 302
    assert response["Location"] == "/" or response["Location"].startswith("/members/")
