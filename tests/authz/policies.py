"""Who may do what, as a few named policies. A row of the matrix names one; nothing else may get through."""

from collections.abc import Callable

from organizations.models import Organization
from organizations.paths import after

from .world import World

Policy = Callable[[World, str, str], bool]  # (world, actor, place of the object) → may

ADMINS = ("branch", "sibling", "general", "superior", "cousin", "root")
MEMBERS = ("member_own", "member_other", "member_transferred")


def _place(world: World, place: str) -> Organization:
    return world.organizations[place]


def _organization(world: World, actor: str) -> Organization | None:
    account = world.accounts[actor]
    return account.organization if account is not None else None


def _covers(above: Organization, below: Organization) -> bool:
    return above.path <= below.path < after(above.path)


def anybody(world: World, actor: str, place: str) -> bool:
    """Open to the street: login page, health, the app's page."""
    return True


def nobody(world: World, actor: str, place: str) -> bool:
    """Needs something that no actor of the matrix has (such as another account's job)."""
    return False


def any_admin(world: World, actor: str, place: str) -> bool:
    """An admin, for its own business: the object, if any, is taken from its own scope by the page itself."""
    return actor in ADMINS


def scope(world: World, actor: str, place: str) -> bool:
    """The object's organisation lies in the admin's scope."""
    return actor in ADMINS and _covers(_organization(world, actor), _place(world, place))


def own(world: World, actor: str, place: str) -> bool:
    """The admin of exactly this organisation."""
    return actor in ADMINS and _organization(world, actor).pk == _place(world, place).pk


def above(world: World, actor: str, place: str) -> bool:
    """An admin of a superior: the object's organisation lies strictly below."""
    return scope(world, actor, place) and not own(world, actor, place)


def committee_above(world: World, actor: str, place: str) -> bool:
    """As `above`, and the admin's organisation is a committee."""
    return above(world, actor, place) and _organization(world, actor).nature == "committee"


def committee(world: World, actor: str, place: str) -> bool:
    """An admin of a committee, for its own business."""
    return actor in ADMINS and _organization(world, actor).nature == "committee"


def branch_admin(world: World, actor: str, place: str) -> bool:
    """An admin of a branch, for its own business."""
    return actor in ("branch", "sibling")


def root(world: World, actor: str, place: str) -> bool:
    return actor == "root"


def any_member(world: World, actor: str, place: str) -> bool:
    """A member with a token, for the own record only."""
    return actor in MEMBERS


def branch_member(world: World, actor: str, place: str) -> bool:
    """A member of the object's branch, now: who was transferred belongs to the new branch."""
    if actor not in MEMBERS:
        return False
    return world.accounts[actor].member.organization_id == _place(world, place).pk


def direct_superior(world: World, actor: str, place: str) -> bool:
    """The admin of the nearest committee above (of the root itself for the topmost committees)."""
    nearest = {"own": "superior", "sibling": "superior", "parent": "root", "cousin": "cousin"}
    return actor == nearest[place]


def keeper(world: World, actor: str, place: str) -> bool:
    """The branch's own admin: people are kept by the branch (F33, F41)."""
    return own(world, actor, place) and _place(world, place).nature == "branch"


def owner(world: World, actor: str, place: str) -> bool:
    """The account that started a job (things.py names it)."""
    return actor == {"own": "branch", "sibling": "sibling", "parent": "superior", "cousin": "cousin"}[place]


def owning_committee(world: World, actor: str, place: str) -> bool:
    """The account that started it, if a committee's: others never reach the page."""
    return owner(world, actor, place) and committee(world, actor, place)


def owning_branch(world: World, actor: str, place: str) -> bool:
    return owner(world, actor, place) and branch_admin(world, actor, place)


def owning_superior(world: World, actor: str, place: str) -> bool:
    """The account that started it, if a committee's or a general branch's."""
    return owner(world, actor, place) and superior(world, actor, place)


def own_or_committee_above(world: World, actor: str, place: str) -> bool:
    return own(world, actor, place) or committee_above(world, actor, place)


def committee_scope(world: World, actor: str, place: str) -> bool:
    """A committee's admin, for itself and all below."""
    return scope(world, actor, place) and committee(world, actor, place)


def device_owner(world: World, actor: str, place: str) -> bool:
    """The member whose device it is."""
    return actor == "member_own"


def superior(world: World, actor: str, place: str) -> bool:
    """An admin of a committee or a general branch, for its own business."""
    return actor in ("general", "superior", "cousin", "root")


def superior_scope(world: World, actor: str, place: str) -> bool:
    return superior(world, actor, place) and scope(world, actor, place)


def creator_below(world: World, actor: str, place: str) -> bool:
    """A committee's admin, below an organisation of its scope that may have children; a branch has none."""
    return committee_scope(world, actor, place) and _place(world, place).nature != "branch"


def neighbour(world: World, actor: str, place: str) -> bool:
    """A member looks up organisations below the own direct superior committee, and the superiors; no farther."""
    return any_member(world, actor, place) and place != "cousin"
