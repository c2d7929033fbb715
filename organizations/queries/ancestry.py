"""Upwards: the paths of all superiors are prefixes of one's own, so each answer is one indexed query."""

from collections.abc import Iterable

from organizations.enums import Nature
from organizations.models import Organization, OrganizationQuerySet

STEP = Organization.steplen
# What an organisation may forbid for itself and all below it.
SETTINGS = ("screenshot_codes", "rankings_shown")


def superior_paths(path: str) -> list[str]:
    """Paths of all superiors, the root first, without the own one."""
    return [path[:end] for end in range(STEP, len(path), STEP)]


def ancestors(organization: Organization) -> OrganizationQuerySet:
    """All superiors, the root first."""
    return Organization.objects.filter(path__in=superior_paths(organization.path)).order_by("path")


def direct_superior(organization: Organization) -> Organization | None:
    """直属上级党委: the nearest ancestor whose nature is 党委; None for the root (product.md, "Who uses it")."""
    return ancestors(organization).filter(nature=Nature.COMMITTEE).order_by("-depth").first()


def superiors_of(organizations: Iterable[Organization]) -> dict[int, Organization | None]:
    """Direct superiors of many organisations in one query: organisation's pk → superior."""
    rows = list(organizations)
    wanted = {path for row in rows for path in superior_paths(row.path)}
    found = {o.path: o for o in Organization.objects.filter(path__in=wanted, nature=Nature.COMMITTEE)}
    return {
        row.pk: next((found[path] for path in reversed(superior_paths(row.path)) if path in found), None)
        for row in rows
    }


def setting_of(organization: Organization, name: str) -> bool:
    """Whether `screenshot_codes` (F10) or `rankings_shown` (F03) is on here: yes, unless the organisation or any superior
    has switched it off. What a superior forbids holds for its whole subtree; nobody below can lift it."""
    return on_everywhere([organization], name)


def on_everywhere(organizations: Iterable[Organization], name: str) -> bool:
    """`setting_of` for something that several hold together: each of them, and all their superiors, must let it be."""
    if name not in SETTINGS:
        raise ValueError(name)
    paths = {path for row in organizations for path in [*superior_paths(row.path), row.path]}
    return not Organization.objects.filter(path__in=paths, **{name: False}).exists()


def forbidden_by(organization: Organization, name: str) -> Organization | None:
    """Whose admin switched `name` off for this organisation: the highest that did, who alone (with those above) can lift
    it; None where it is on."""
    paths = [*superior_paths(organization.path), organization.path]
    rows = Organization.objects.filter(path__in=paths, **{name: False}).select_related(f"{name}_by")
    setters: list[Organization] = [getattr(row, f"{name}_by") or row for row in rows]
    return min(setters, key=lambda row: row.depth, default=None)


def locked_by(organization: Organization, name: str, *, seat: Organization) -> Organization | None:
    """The superior of `seat` that forbade `name` on this very row, so that an admin of `seat` can't lift it; or None."""
    setter: Organization | None = getattr(organization, f"{name}_by")
    if getattr(organization, name) is not False or setter is None:
        return None
    return setter if setter.path in superior_paths(seat.path) else None
