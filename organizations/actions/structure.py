"""Changes of name, nature and place: the superior's (F41), each one audited, with both ends in the actor's scope."""

from typing import Any

from django.utils import timezone

from organizations import stakes
from organizations.enums import CHILDREN, Nature, OrganizationState
from organizations.models import Organization, OrganizationType, Standing
from organizations.paths import subtree
from sanjin.common.audit import audited
from sanjin.common.errors import RuleError
from sanjin.common.reasons import check_reason

from .create import open_standing
from .guards import must_be_active, must_change_structure
from .locking import check_name, check_place, check_type, lock_tree


def rename_organization(
    organization: Organization, *, actor: Any, name: str, reason: str = ""
) -> Organization:
    """RuleError: `not_superior` (403), `not_active` (409), `name_empty`, `name_taken`."""
    with audited(
        "organization.renamed", actor=actor, subject=organization, organization=organization, reason=reason
    ):
        row = _locked(organization, actor)
        row.name = check_name(parent_of(row), name, but=row.pk)
        row.save(update_fields=["name", "search"])
        stakes.follow(stakes.Happening(stakes.Change.RENAMED, [row], actor))
    return row


def retype_organization(
    organization: Organization, *, actor: Any, nature: str, type: OrganizationType, reason: str = ""
) -> Organization:
    """Another nature or type, from today; what it was stays in `Standing`, and nothing published is hidden (F43).

    RuleError: `not_superior` (403), `not_active` (409), `nature_refused`, `type_refused`, `children_refuse` (409),
    `stake_refused` (409).
    """
    with audited(
        "organization.retyped", actor=actor, subject=organization, organization=organization, reason=reason
    ):
        row = _locked(organization, actor)
        if parent := parent_of(row):
            check_place(parent, nature)
        check_type(nature, type)
        _check_children(row, nature)
        if nature != row.nature:
            check_stakes(row, stakes.Change.RETYPED)
        row.nature, row.type = nature, type
        row.save(update_fields=["nature", "type"])
        _turn_standing(row)
        stakes.follow(stakes.Happening(stakes.Change.RETYPED, [row], actor))
    return row


def move_organization(
    organization: Organization, target: Organization, *, actor: Any, reason: str
) -> Organization:
    """Below another superior, with everything that stands below it. Both ends must be in the actor's scope (threats.md).

    RuleError: `reason_required`, `not_superior` (403), `not_active` (409), `already_there` (409), `into_itself`,
    `nature_refused`, `name_taken`, `stake_refused` (409).
    """
    reason = check_reason(reason, "请写明为什么转隶，会记入审计。", least=1)
    with audited(
        "organization.moved", actor=actor, subject=organization, organization=organization, reason=reason
    ) as entry:
        row, target = lock_tree(organization, target)
        must_change_structure(actor, row)
        if actor is not None and not target.path.startswith(actor.seat.path):
            raise RuleError(
                "not_superior",
                "目标组织不在您的管理范围内，不能移过去。请在本级范围内选择，或由共同的上级党委办理。",
                status=403,
            )
        must_be_active(row)
        must_be_active(target)
        if target.path.startswith(row.path):
            raise RuleError(
                "into_itself", "不能把组织移到它自己或它的下级下面。请选择其他上级组织。", field="target"
            )
        if row.parent_path == target.path:
            raise RuleError("already_there", f"“{row}”已经在“{target}”下。请选择其他上级组织。", status=409)
        check_place(target, row.nature)
        check_name(target, row.name)
        check_stakes(row, stakes.Change.MOVED)
        old_path = row.path
        entry.data |= {"from": str(parent_of(row)), "to": str(target)}
        Organization.objects.move(row, target, pos="last-child")
        row = Organization.objects.get(pk=row.pk)
        stakes.follow(stakes.Happening(stakes.Change.MOVED, [row], actor, old_path))
    return row


def dissolve_organization(organization: Organization, *, actor: Any, reason: str) -> Organization:
    """撤销: it leaves sums and lists; its record and what it published stay.

    RuleError: `reason_required`, `not_superior` (403), `not_active` (409), `children_remain` (409), `stake_refused` (409).
    """
    reason = check_reason(reason, "请写明为什么撤销，会记入审计。", least=1)
    with audited(
        "organization.dissolved", actor=actor, subject=organization, organization=organization, reason=reason
    ):
        row = _locked(organization, actor)
        check_childless(row, "撤销")
        check_stakes(row, stakes.Change.DISSOLVED)
        row.state = OrganizationState.DISSOLVED
        row.save(update_fields=["state"])
        stakes.follow(stakes.Happening(stakes.Change.DISSOLVED, [row], actor))
    return row


def parent_of(organization: Organization) -> Organization | None:
    """The organisation right above, of whatever nature and state; None for the root."""
    return Organization.objects.filter(path=organization.parent_path).first()


def obstacles(organization: Organization, change: stakes.Change) -> list[str]:
    """Why it can't be deleted or dissolved now: for the page, before a reason is typed."""
    verb = {stakes.Change.RECYCLED: "删除", stakes.Change.DISSOLVED: "撤销"}.get(change)
    if verb is None:
        return []
    try:
        check_childless(organization, verb)
    except RuleError as refused:
        return [refused.message]
    return list(stakes.refusals(organization, change))


def check_childless(organization: Organization, verb: str) -> None:
    """RuleError `children_remain` (409), with their number."""
    below = Organization.objects.active().filter(subtree(organization.path, itself=False))
    if count := below.count():
        raise RuleError(
            "children_remain",
            f"“{organization}”下还有 {count} 个组织，不能{verb}。请先把它们移到其他组织下，或逐个{verb}。",
            status=409,
            count=count,
        )


def check_stakes(organization: Organization, change: stakes.Change) -> None:
    """RuleError `stake_refused` (409): all reasons of all features at once."""
    if reasons := list(stakes.refusals(organization, change)):
        raise RuleError("stake_refused", "".join(reasons), status=409)


def _locked(organization: Organization, actor: Any) -> Organization:
    (row,) = lock_tree(organization)
    must_change_structure(actor, row)
    must_be_active(row)
    return row


def _check_children(organization: Organization, nature: str) -> None:
    refused = set(Nature.values) - {str(each) for each in CHILDREN[Nature(nature)]}
    child = Organization.objects.exclude(state=OrganizationState.RECYCLED).filter(
        depth=organization.depth + 1, path__startswith=organization.path, nature__in=refused
    )
    if standing := child.first():
        raise RuleError(
            "children_refuse",
            f"“{organization}”下有{standing.get_nature_display()}“{standing}”，{Nature(nature).label}下不能有它。请先移走它。",
            field="nature",
            status=409,
        )


def _turn_standing(organization: Organization) -> None:
    """Close the open row at today and open a new one; a second change on the same day replaces the first."""
    today = timezone.localdate()
    current = Standing.objects.filter(organization=organization, in_force__endswith__isnull=True).first()
    if current and current.in_force.lower == today:
        current.nature, current.type_id = organization.nature, organization.type_id
        current.save(update_fields=["nature", "type"])
        return
    if current:
        current.in_force = (current.in_force.lower, today)
        current.save(update_fields=["in_force"])
    open_standing(organization)
