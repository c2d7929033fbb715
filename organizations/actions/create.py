"""New organisations, one at a time. Many at once come by workbook: see `imports`."""

from datetime import date
from typing import Any

from django.utils import timezone

from organizations import stakes
from organizations.enums import Nature
from organizations.models import Organization, OrganizationType, Standing
from sanjin.common import locks
from sanjin.common.audit import about, audited
from sanjin.common.errors import RuleError

from .guards import must_be_active, must_create_below
from .locking import check_name, check_place, check_type, lock_tree

ROOT_LOCK = 5_231  # before the first root there is no row to lock


def create_root(name: str, type: OrganizationType, *, actor: Any = None) -> Organization:
    """The committee at the top; there is one. For the bootstrap, so actor is usually None (the system).

    RuleError: `root_exists` (409), `type_refused`, `name_empty`.
    """
    with audited("organization.created", actor=actor) as entry:
        locks.alone(ROOT_LOCK)
        if Organization.objects.filter(depth=1).exists():
            raise RuleError("root_exists", "已有最上级党委，不能再建一个。请在它下面新建组织。", status=409)
        check_type(Nature.COMMITTEE, type)
        row = Organization(name=check_name(None, name), nature=Nature.COMMITTEE, type=type)
        root: Organization = Organization.objects.add_root(instance=row)
        open_standing(root)
        about(entry, root, root)
        stakes.follow(stakes.Happening(stakes.Change.CREATED, [root], actor))
    return root


def create_organization(
    parent: Organization,
    *,
    actor: Any,
    name: str,
    nature: str,
    type: OrganizationType,
    founded_on: date | None = None,
    term_ends_on: date | None = None,
    phone: str = "",
    address: str = "",
) -> Organization:
    """An organisation below `parent`, as its last child (F41: the superior's admin).

    RuleError: `not_superior` (403), `not_active` (409), `nature_refused`, `type_refused`, `name_empty`, `name_taken`.
    """
    with audited("organization.created", actor=actor) as entry:
        (parent,) = lock_tree(parent)
        must_be_active(parent)
        check_place(parent, nature)
        must_create_below(actor, parent)
        check_type(nature, type)
        row = Organization(name=check_name(parent, name), nature=nature, type=type)
        row.founded_on, row.term_ends_on = founded_on, term_ends_on
        row.phone, row.address = phone, address
        Organization.objects.add_child(parent, instance=row)
        open_standing(row)
        about(entry, row, row)
        stakes.follow(stakes.Happening(stakes.Change.CREATED, [row], actor))
    return row


def open_standing(organization: Organization) -> None:
    """From today on it is what it is now; nature and type keep their dates in force (F43)."""
    Standing.objects.create(
        organization=organization,
        nature=organization.nature,
        type_id=organization.type_id,
        in_force=(timezone.localdate(), None),
    )
