"""Ids of others where the address does not show them: bodies, query strings, filters, selections, exports."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from meetings.models import Meeting, Participant
from members.models import Member, MemberPost, Post
from organizations.models import Organization
from sanjin.common.models import AuditEntry

from .knocking import Undo, ask, open_client
from .routes import routes
from .rows import ROWS

pytestmark = pytest.mark.django_db

SECRET = "暗号"
REFUSED = {400, 403, 404, 409, 422}
LISTS = [r.path for r in routes() if r.method == "get" and not ROWS[r.path].thing and "<" not in r.path]


@pytest.fixture(scope="module")
def marked(world, django_db_blocker):
    """Everything that lies outside the branch's scope has a word in its name that nobody there may read; the member
    organises the branch's meeting and may call others."""
    far = [world.organizations[place].pk for place in ("sibling", "cousin", "cousin_committee")]
    with django_db_blocker.unblock():
        # members may look up the branches beside their own: a sibling's name is no secret
        Organization.objects.filter(pk__in=far[1:]).update(name=SECRET, search=SECRET)
        Member.objects.filter(organization__in=far).exclude(account__isnull=False).update(name=SECRET)
        Meeting.objects.filter(organization__in=far).update(title=SECRET, place=SECRET)
        for pk in far:
            AuditEntry.objects.create(verb="x.done", organization_id=pk, subject_label=SECRET)
        me = world.accounts["member_own"].member
        post = Post.objects.filter(may_call_meetings=True, nature="branch").first()
        MemberPost.objects.create(
            member=me, post=post, organization=me.organization, exclusive=False, since=timezone.localdate()
        )
        event = Meeting.objects.get(uuid=world.things["meeting", "own"]["uuid"])
        Participant.objects.create(meeting=event, member=me, organiser=True)
        me.account.refresh_from_db()
        world.clients["member_own"] = open_client(type(me.account).objects.get(pk=me.account.pk))
    return world


def outside(world) -> dict[str, str]:
    """Names of parameters that narrow or point, each with something outside the branch."""
    organization = str(world.organizations["cousin"].uuid)
    person, event = (
        str(world.things["member", "cousin"]["uuid"]),
        str(world.things["meeting", "cousin"]["uuid"]),
    )
    return {
        **dict.fromkeys(("organization", "parent", "current", "scope"), organization),
        **dict.fromkeys(("member", "organiser"), person),
        "meeting": event,
        **dict.fromkeys(("q", "search", "title", "who", "about"), SECRET),
    }


@pytest.mark.parametrize("path", LISTS)
def test_no_list_shows_what_lies_outside_the_scope(path, marked):
    far = [str(marked.things[thing, "cousin"]["uuid"]) for thing in ("member", "meeting", "organization")]
    for actor in ("member_own",) if path.startswith("api/") else ("branch",):
        for query in ({}, *({name: value} for name, value in outside(marked).items())):
            response = ask(marked, actor, "get", f"/{path}", data=query)
            assert response.status_code < 500
            text = (b"".join(response) if response.streaming else response.content).decode(errors="replace")
            said_back = [
                value for value in query.values() if value in text
            ]  # a search says what it looked for
            shown = [word for word in (SECRET, *far) if word in text and word not in said_back]
            assert not shown, f"{actor} {query} {shown}"


def called(world, **changes) -> dict:
    starts = timezone.localtime() + timedelta(days=2)
    own = Member.objects.filter(organization=world.organizations["own"], state="normal")
    mine = [str(uuid) for uuid in own.values_list("uuid", flat=True)]
    moment = "%Y-%m-%dT%H:%M"
    return {
        "kind": "other",
        "title": "新会议",
        "place": "会议室",
        "starts_at": starts.strftime(moment),
        "ends_at": (starts + timedelta(hours=1)).strftime(moment),
        "organisers": mine[:1],
        "audience": "chosen",
        "participants": mine,
    } | changes


def far(world, thing: str = "member") -> str:
    return str(world.things[thing, "cousin"]["uuid"])


def at(world, thing: str) -> str:
    return str(world.things[thing, "own"]["uuid"])


def pk(world) -> int:
    return Member.objects.get(uuid=far(world)).pk


# (who, address, body): each names somebody or something outside the scope, and must be refused
FOREIGN = {
    "meeting: organiser": ("branch", lambda w: "/meetings/new/", lambda w: called(w, organisers=[far(w)])),
    "meeting: participant": (
        "branch",
        lambda w: "/meetings/new/",
        lambda w: called(w, participants=[far(w)]),
    ),
    "meeting: joint host": (
        "superior",
        lambda w: "/meetings/new/",
        lambda w: called(w, joint_hosts=[far(w, "organization")]),
    ),
    "meeting: people": (
        "branch",
        lambda w: f"/meetings/{at(w, 'meeting')}/people/",
        lambda w: {"members": [far(w)]},
    ),
    "meeting: add by address": (
        "branch",
        lambda w: f"/meetings/{at(w, 'meeting')}/people/{far(w)}/add/",
        lambda w: {},
    ),
    "members: post": (
        "branch",
        lambda w: f"/members/{at(w, 'member')}/posts/{far(w)}/withdraw/",
        lambda w: {},
    ),
    "members: slips": ("branch", lambda w: "/members/slips/", lambda w: {"selected": [pk(w)]}),
    "members: slips of all": (
        "branch",
        lambda w: f"/members/slips/?organization={far(w, 'organization')}",
        lambda w: {"all": "1"},
    ),
    "returns: another's job": (
        "branch",
        lambda w: "/members/returns/ask/",
        lambda w: {"job": str(w.things["members.check", "sibling"]["uuid"]), "row": "1"},
    ),
    "organizations: move": (
        "superior",
        lambda w: f"/organizations/{at(w, 'organization')}/move/",
        lambda w: {"target": str(w.organizations["cousin_committee"].uuid), "reason": "试验"},
    ),
    "export: organization": (
        "branch",
        lambda w: f"/members/export/?organization={far(w, 'organization')}",
        lambda w: {},
    ),
    "export: points": (
        "branch",
        lambda w: f"/points/entries/export/?organization={far(w, 'organization')}",
        lambda w: {},
    ),
    "api: call with an organiser": (
        "member_own",
        lambda w: "/api/v1/meetings/",
        lambda w: called(w, organisers=[far(w)], participants="all"),
    ),
    "api: call with a participant": (
        "member_own",
        lambda w: "/api/v1/meetings/",
        lambda w: called(w, participants=[far(w)]),
    ),
    "api: add": (
        "member_own",
        lambda w: f"/api/v1/meetings/{at(w, 'meeting')}/participants/",
        lambda w: {"members": [far(w)]},
    ),
    "api: proxy": (
        "member_own",
        lambda w: f"/api/v1/meetings/{at(w, 'meeting')}/proxy-check-ins/",
        lambda w: {"member": far(w), "reason": "没有手机"},
    ),
}


@pytest.mark.parametrize("name", FOREIGN)
def test_ids_of_others_in_a_body_are_refused(name, marked):
    actor, address, body = FOREIGN[name]
    json = {"content_type": "application/json"} if actor.startswith("member") else {}
    response = ask(marked, actor, "post", address(marked), data=body(marked), **json)
    assert response.status_code in REFUSED
    assert SECRET not in response.content.decode(errors="replace")


def test_the_same_bodies_with_own_ids_pass(marked):
    """Otherwise the refusals above prove nothing."""
    assert ask(marked, "branch", "post", "/meetings/new/", data=called(marked)).status_code == 302
    api = ask(
        marked,
        "member_own",
        "post",
        "/api/v1/meetings/",
        data=called(marked),
        content_type="application/json",
    )
    assert api.status_code == 201


def test_fields_that_no_form_has_change_nothing(marked):
    """Mass assignment: what stands in the model but not in the form."""
    own, member = marked.organizations["own"], Member.objects.get(uuid=at(marked, "member"))
    extra = {
        "organization": far(marked, "organization"),
        "organization_id": "1",
        "account": "1",
        "uuid": far(marked),
    }
    extra |= {"exempt_since": "2020-01-01", "nature": "committee", "path": "0001", "state": "dissolved"}
    try:
        with transaction.atomic():
            marked.clients["branch"].post(
                f"/members/{member.uuid}/edit/",
                {"name": "赵红", "kind": "full", "joined_on": "2010-07-01", **extra, "state": "normal"},
            )
            marked.clients["branch"].post(
                f"/organizations/{own.uuid}/basics/", {"phone": "", "address": "新址", **extra}
            )
            after, place = Member.objects.get(pk=member.pk), Organization.objects.get(pk=own.pk)
            raise Undo
    except Undo:
        pass
    assert (after.organization_id, after.account_id, after.exempt_since, after.uuid) == (
        own.pk,
        member.account_id,
        None,
        member.uuid,
    )
    assert (place.nature, place.path, place.state, place.uuid) == (own.nature, own.path, "active", own.uuid)
    assert place.address == "新址"
