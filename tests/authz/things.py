"""One of everything at every place where such a thing can be, as the values that fill an address:
world.things[kind, place] = {"uuid": …}."""

from datetime import date, timedelta

from django.utils import timezone

from accounts.models import DeviceToken
from meetings.models import Host, Meeting, Minutes, Participant
from members.models import MemberPost, Message, PhoneReturn, Post, RegisterPart
from organizations.models import Organization
from sanjin.common.models import AuditEntry, Job
from tests.factories import admin, member

from .world import PLACES, World

BRANCHES = ("own", "sibling", "cousin")


def make_things(world: World) -> None:
    for place in PLACES:
        organization = world.organizations[place]
        put = world.things.__setitem__
        put(("organization", place), {"uuid": organization.uuid})
        put(("admin", place), {"name": admin(organization).name})
        put(
            ("audit", place),
            {"uuid": AuditEntry.objects.create(verb="x.done", organization_id=organization.pk).uuid},
        )
        put(("meeting", place), meeting(organization, admin(organization)))
        if place in BRANCHES:
            _branch_things(world, place, organization)
    for place, owner in (
        ("own", "branch"),
        ("sibling", "sibling"),
        ("parent", "superior"),
        ("cousin", "cousin"),
    ):
        for kind in ("members.check", "members.split", "organizations.preview"):
            world.things[kind, place] = {"uuid": job(world.accounts[owner], kind).uuid, "token": "x"}
    world.things["rule", "own"] = {"code": "meeting.group"}
    world.things["captcha", "own"] = {"key": "0" * 40}  # no such picture
    note = Message.objects.create(
        recipient=world.accounts["member_own"].member, kind="meeting", title="通知", key="x"
    )
    world.things["message", "own"] = {"uuid": note.uuid}
    token, _ = DeviceToken.objects.create(world.accounts["member_own"], device="other phone")
    world.things["device", "own"] = {"uuid": token.uuid}


def _branch_things(world: World, place: str, organization: Organization) -> None:
    person = member(organization, "赵红")
    post, _ = Post.objects.get_or_create(nature="branch", name="试验委员", defaults={"exclusive": False})
    held = MemberPost.objects.create(
        member=person, post=post, organization=organization, exclusive=False, since=date(2026, 1, 1)
    )
    world.things["member", place] = {"uuid": person.uuid}
    world.things["post", place] = {"uuid": person.uuid, "held": held.uuid}
    bin_member = member(organization, "钱旧")
    type(bin_member).objects.filter(pk=bin_member.pk).update(state="recycled")
    world.things["recycled", place] = {"uuid": bin_member.uuid}
    asked = PhoneReturn.objects.create(
        holder=person,
        holding=organization,
        asking=world.organizations["asking"],
        asked_for="孙某",
        phone_index=place.encode(),
    )
    world.things["return", place] = {"uuid": asked.uuid}
    world.things["part", place] = {"uuid": part(world, organization).uuid}
    event = Meeting.objects.get(uuid=world.things["meeting", place]["uuid"])
    Participant.objects.create(meeting=event, member=person)
    world.things["participant", place] = {"uuid": event.uuid, "member": person.uuid}


def meeting(organization: Organization, called_by) -> dict:
    now = timezone.now()
    event = Meeting.objects.create(
        organization=organization,
        kind="other",
        title="试验会议",
        place="会议室",
        starts_at=now - timedelta(minutes=10),
        ends_at=now + timedelta(hours=1),
        state="published",
        published_at=now,
        called_by=called_by,
    )
    Host.objects.create(meeting=event, organization=organization)
    Minutes.objects.create(meeting=event, version=1, text="纪要", author=called_by)
    return {"uuid": event.uuid}


def part(world: World, branch: Organization) -> RegisterPart:
    """Rows that the superior handed down."""
    sender = world.accounts["superior"]
    row = RegisterPart(
        job=job(sender, "members.split"),
        sender=sender.organization,
        branch=branch,
        expires_at=timezone.now() + timedelta(days=1),
    )
    row.put([{"name": "赵红"}])
    row.save()
    return row


def job(account, kind: str) -> Job:
    return Job.objects.create(
        state="done", kind=kind, title="试验任务", created_by=account, organization_id=account.organization_id
    )
