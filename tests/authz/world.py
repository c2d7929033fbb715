"""A small tree with one of everything, and everybody who might knock.

root R ─┬─ committee C ── general branch G ─┬─ branch B (own)
        │                                   └─ branch S (sibling)
        └─ committee K ── branch KB (cousin)
"""

from dataclasses import dataclass, field
from typing import Any

from accounts.enums import AccountState
from accounts.models import Account
from organizations.enums import Nature
from organizations.models import Organization
from tests.factories import admin, member, organization

ACTORS = (
    "anonymous",
    "member_own",
    "member_other",
    "member_transferred",
    "branch",
    "sibling",
    "general",
    "superior",
    "cousin",
    "root",
    "frozen",
)
PLACES = ("own", "sibling", "parent", "cousin")


@dataclass
class World:
    """Places as seen from branch B: own B, sibling S, parent C (its superior committee), cousin KB. The object of a
    superior's row is a child's: what C's admin meets at `own` is below it."""

    organizations: dict[str, Organization] = field(default_factory=dict)
    accounts: dict[str, Account | None] = field(default_factory=dict)
    things: dict[tuple[str, str], Any] = field(default_factory=dict)  # (kind, place) → object


def build() -> World:
    """Make the tree and the actors. Things (members, meetings, jobs …) are made by `tests.authz.things`."""
    world = World()
    root = organization("省委")
    superior = organization("市委", below=root)
    cousin = organization("另一市委", below=root)
    general = organization("总支", nature=Nature.GENERAL_BRANCH, below=superior)
    own = organization("第一支部", nature=Nature.BRANCH, below=general)
    sibling = organization("第二支部", nature=Nature.BRANCH, below=general)
    far = organization("外市支部", nature=Nature.BRANCH, below=cousin)
    fresh = {o.pk: o for o in Organization.objects.all()}
    world.organizations = {
        "own": own,
        "sibling": sibling,
        "parent": superior,
        "cousin": far,
        "general": general,
    }
    world.organizations = {name: fresh[o.pk] for name, o in world.organizations.items()}
    asking = organization("要号码的支部", nature=Nature.BRANCH, below=root)
    world.organizations["asking"] = Organization.objects.get(pk=asking.pk)
    world.organizations["root"], world.organizations["cousin_committee"] = fresh[root.pk], fresh[cousin.pk]
    world.accounts = {
        "anonymous": None,
        "branch": admin(fresh[own.pk]),
        "sibling": admin(fresh[sibling.pk]),
        "general": admin(fresh[general.pk]),
        "superior": admin(fresh[superior.pk]),
        "cousin": admin(fresh[cousin.pk]),
        "root": admin(fresh[root.pk]),
        "frozen": admin(fresh[own.pk]),
        "member_own": member(fresh[own.pk], "甲一").account,
        "member_other": member(fresh[sibling.pk], "乙二").account,
        "member_transferred": member(fresh[own.pk], "丙三").account,
    }
    return world


def freeze(world: World) -> None:
    """After the sessions were opened: the frozen admin is frozen, the transferred member leaves for the sibling."""
    Account.objects.filter(pk=world.accounts["frozen"].pk).update(state=AccountState.FROZEN)
    leaver = world.accounts["member_transferred"].member
    leaver.organization = world.organizations["sibling"]
    leaver.save()
