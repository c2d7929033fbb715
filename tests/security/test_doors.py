"""What stands around every page: CSRF, headers, live sessions, who asks."""

import pytest
from django.test import Client, RequestFactory
from django.utils import timezone

from accounts.enums import AccountState
from accounts.models import Account
from meetings import codes
from meetings.models import Meeting, Participant
from sanjin.common.requests import client_address
from tests.authz.knocking import ask
from tests.authz.routes import routes
from tests.authz.rows import ROWS

pytestmark = pytest.mark.django_db

ROUTES = routes()
PAGES = [r for r in ROUTES if r.method == "post" and not r.path.startswith("api/")]


def test_every_page_that_writes_asks_for_the_csrf_token(world):
    """Signed in and permitted, but sent from elsewhere: 403, whatever the page."""
    let_in = []
    for route in PAGES:
        row = ROWS[route.path]
        if row.leads_to_login and route.path not in ("login/", "logout/"):
            continue  # old bookmarks only lead to the login page
        client = Client(enforce_csrf_checks=True, raise_request_exception=False)
        client.cookies = world.cookies["branch"]
        status = client.post(row.address(world, route.path, "own")).status_code
        if status != 403:
            let_in.append((route.path, status))
    assert not let_in


@pytest.mark.parametrize("address", ["/login/", "/", "/members/", "/app/", "/api/v1/me/", "/nowhere/"])
def test_headers_stand_on_every_answer(address, world):
    response = ask(world, "branch", "get", address)
    policy = response["Content-Security-Policy"]
    assert "unsafe-eval" not in policy.replace("wasm-unsafe-eval", "")
    assert "script-src 'self' 'wasm-unsafe-eval'" in policy
    assert (response["X-Frame-Options"], response["X-Content-Type-Options"]) == ("DENY", "nosniff")


@pytest.mark.parametrize("address", ["/", "/members/", "/settings/audit/", "/organizations/"])
def test_what_is_shown_to_who_is_logged_in_is_kept_by_no_browser(address, world):
    assert "no-store" in ask(world, "branch", "get", address)["Cache-Control"]


@pytest.mark.parametrize("address", ["/api/v1/me/", "/api/v1/meetings/", "/api/v1/branch/members/"])
def test_the_api_says_that_nothing_keeps_its_answers(address, world):
    response = ask(world, "member_own", "get", address)
    assert (response.status_code, response["Cache-Control"]) == (200, "private, no-store")


def test_pages_for_everybody_may_be_kept(world):
    assert "no-store" not in ask(world, "anonymous", "get", "/app/").headers.get("Cache-Control", "")


@pytest.mark.parametrize("key", ['"aaaaaaaaaa\\000"', "../../etc/passwd", "a" * 31 + "-", " "])
def test_a_cookie_that_is_no_sessions_key_is_no_session(key, db):
    client = Client(raise_request_exception=False)
    client.cookies.clear()
    assert client.get("/", headers={"cookie": f"sanjin_session={key}"})["Location"] == "/login/?next=/"


@pytest.mark.parametrize(
    "host", ["evil.example", "testserver.evil.example", "testserver:x", "", "testserver, evil"]
)
def test_other_hosts_get_the_page_that_names_the_entrance(host, world):
    response = ask(world, "anonymous", "get", "/login/", HTTP_HOST=host)
    assert response.status_code == 400
    assert "evil" not in response.content.decode()


def test_an_address_is_not_believed_from_a_header(settings):
    """A throttle per address counts the connection, or what our own nginx wrote; X-Forwarded-For is anybody's."""
    request = RequestFactory().get(
        "/", HTTP_X_FORWARDED_FOR="1.2.3.4", HTTP_X_REAL_IP="5.6.7.8", REMOTE_ADDR="9.9.9.9"
    )
    settings.BEHIND_PROXY = False
    assert client_address(request) == "9.9.9.9"
    settings.BEHIND_PROXY = True
    assert client_address(request) == "5.6.7.8"


@pytest.mark.parametrize("state", [AccountState.FROZEN, AccountState.ISSUED])
def test_a_live_session_ends_with_its_account(state, world):
    account = world.accounts["sibling"]
    assert ask(world, "sibling", "get", "/members/").status_code == 200
    Account.objects.filter(pk=account.pk).update(state=state)
    response = ask(world, "sibling", "get", "/members/")
    Account.objects.filter(pk=account.pk).update(state=AccountState.ACTIVE)
    assert response.status_code == 302
    assert response["Location"].startswith("/login/")


def test_a_transferred_members_token_sees_the_new_branch_only(world):
    names = ask(world, "member_transferred", "get", "/api/v1/branch/members/").json()
    listed = {row["id"] for row in (names["results"] if isinstance(names, dict) else names)}
    assert str(world.accounts["member_other"].member.uuid) in listed
    assert str(world.accounts["member_own"].member.uuid) not in listed


def scan(world, text, **headers):
    return ask(
        world,
        "member_own",
        "post",
        "/api/v1/check-ins/",
        data={"code": text, "nonce": ""},
        content_type="application/json",
        **headers,
    )


def test_a_code_of_one_meeting_says_nothing_about_another(world):
    """Replay and tampering: each changed byte is a foreign code; another branch's code is other_branch."""
    mine = Meeting.objects.get(uuid=world.things["meeting", "own"]["uuid"])
    theirs = Meeting.objects.get(uuid=world.things["meeting", "cousin"]["uuid"])
    Participant.objects.create(meeting=mine, member=world.accounts["member_own"].member)
    text = codes.rotating_text(mine.uuid, timezone.now())
    sentence, token = text.rsplit(" ", 1)
    foreign = codes.rotating_text(theirs.uuid, timezone.now()).rsplit(" ", 1)[1]
    for place in range(0, len(token) - 1, 7):
        changed = "A" if token[place] != "A" else "B"
        assert (
            scan(world, f"{sentence} {token[:place]}{changed}{token[place + 1 :]}").json()["code"]
            == "foreign_code"
        )
    assert scan(world, f"{sentence} {foreign[:27]}{token[27:]}").json()["code"] == "foreign_code"
    assert scan(world, f"{sentence} {foreign}").json()["code"] == "other_branch"
    assert scan(world, text).json()["result"] == "ok"


@pytest.mark.parametrize("header", [{}, {"HTTP_X_DEVICE_ID": ""}, {"HTTP_X_DEVICE_ID": "another-device-1"}])
def test_the_device_is_the_tokens_and_no_header_changes_it(header, world):
    """One device checks in one member: what counts was written at login, not what a request claims."""
    event = Meeting.objects.get(uuid=world.things["meeting", "own"]["uuid"])
    other = Participant.objects.get(meeting=event)
    Participant.objects.create(meeting=event, member=world.accounts["member_own"].member)
    listed = ask(world, "member_own", "get", "/api/v1/auth/devices/").json()
    (current,) = (row["id"] for row in listed if row["current"])
    device = world.accounts["member_own"].auth_token_set.get(uuid=current).device
    Participant.objects.filter(pk=other.pk).update(
        state="present", device=device, checked_in_at=timezone.now(), method="code"
    )
    assert (
        scan(world, codes.rotating_text(event.uuid, timezone.now()), **header).json()["code"]
        == "other_device"
    )
