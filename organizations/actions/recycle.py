"""The recycle bin: deleting loses nothing for RECYCLE_BIN_DAYS (F43)."""

from typing import Any

from django.utils import timezone

from organizations import stakes
from organizations.enums import OrganizationState
from organizations.models import Organization
from organizations.queries import kept_for, kept_in_words
from sanjin.common.audit import audited
from sanjin.common.errors import RuleError
from sanjin.common.reasons import check_reason

from .guards import must_be_active, must_change_structure
from .locking import check_name, check_place, lock_tree
from .structure import check_childless, check_stakes, parent_of


def recycle_organization(organization: Organization, *, actor: Any, reason: str) -> Organization:
    """To the recycle bin: refused while it has members or organisations below.

    RuleError: `reason_required`, `not_superior` (403), `already_recycled`, `children_remain`, `stake_refused` (409).
    """
    reason = check_reason(reason, "请写明为什么删除，会记入审计。", least=1)
    with audited(
        "organization.recycled", actor=actor, subject=organization, organization=organization, reason=reason
    ):
        (row,) = lock_tree(organization)
        must_change_structure(actor, row)
        if row.state == OrganizationState.RECYCLED:
            raise RuleError("already_recycled", f"“{row}”已在回收站。需要时可以恢复。", status=409)
        check_childless(row, "删除")
        check_stakes(row, stakes.Change.RECYCLED)
        row.state, row.recycled_at = OrganizationState.RECYCLED, timezone.now()
        row.save(update_fields=["state", "recycled_at"])
        stakes.follow(stakes.Happening(stakes.Change.RECYCLED, [row], actor))
    return row


def restore_organization(organization: Organization, *, actor: Any) -> Organization:
    """Back to its place, within RECYCLE_BIN_DAYS, if its superior is still there and the name is free.

    RuleError: `not_superior` (403), `not_recycled`, `too_late`, `not_active` (409), `nature_refused`, `name_taken`.
    """
    with audited("organization.restored", actor=actor, subject=organization, organization=organization):
        (row,) = lock_tree(organization)
        must_change_structure(actor, row)
        if row.state != OrganizationState.RECYCLED:
            raise RuleError("not_recycled", f"“{row}”不在回收站，不需要恢复。", status=409)
        assert row.recycled_at is not None  # set with the state
        if row.recycled_at < timezone.now() - kept_for():
            raise RuleError(
                "too_late",
                f"“{row}”删除已超过 {kept_in_words()}，不能恢复。请新建组织；原来的记录仍可在审计中查到。",
                status=409,
            )
        parent = parent_of(row)
        assert parent is not None  # the root can't be deleted
        must_be_active(parent)
        check_place(parent, row.nature)
        check_name(parent, row.name)
        row.state, row.recycled_at = OrganizationState.ACTIVE, None
        row.save(update_fields=["state", "recycled_at"])
        stakes.follow(stakes.Happening(stakes.Change.RESTORED, [row], actor))
    return row
