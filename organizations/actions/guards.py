"""Who may, and in what state: `must_…` raises where the permission `can_…` says no. Actions ask it of the locked row, pages
before they show a form. actor None is the system, which may."""

from typing import Any

from organizations.enums import OrganizationState
from organizations.models import Organization
from organizations.permissions import (
    can_change_structure,
    can_create_below,
    can_edit_basics,
    can_edit_settings,
    leads_structure,
)
from sanjin.common.errors import RuleError


def must_change_structure(actor: Any, organization: Organization) -> None:
    """F41: structure is the superior's. RuleError `not_superior` (403)."""
    _must(
        actor is None or can_change_structure(actor, organization),
        "not_superior",
        f"“{organization}”的架构由上级党委管理员维护，您的账号不能修改。请联系上级党委管理员。",
    )


def must_create_below(actor: Any, parent: Organization) -> None:
    """F41, and a branch has nothing below it. RuleError `not_superior` (403)."""
    _must(
        actor is None or can_create_below(actor, parent),
        "not_superior",
        f"不能在“{parent}”下新建组织：支部没有下级，党委和党总支的下级由上级党委管理员新建。请选择其他上级组织。",
    )


def must_lead_structure(actor: Any) -> None:
    """A committee brings its structure in by a workbook. RuleError `not_superior` (403)."""
    _must(
        leads_structure(actor),
        "not_superior",
        "组织架构由党委管理员导入，您的账号不能导入。请联系上级党委管理员。",
    )


def must_edit_basics(actor: Any, organization: Organization) -> None:
    """F41: basics are the organisation's own. RuleError `not_own` (403)."""
    _must(
        actor is None or can_edit_basics(actor, organization),
        "not_own",
        f"“{organization}”的基础信息由它自己的管理员维护。请联系该组织管理员修改。",
    )


def must_edit_settings(actor: Any, organization: Organization) -> None:
    """Settings are its own admin's and its superiors'. RuleError `not_own` (403)."""
    _must(
        actor is None or can_edit_settings(actor, organization),
        "not_own",
        f"“{organization}”的设置由它自己或上级党委的管理员修改。请联系他们。",
    )


def must_be_active(organization: Organization) -> None:
    """RuleError `not_active` (409)."""
    if organization.state != OrganizationState.ACTIVE:
        raise RuleError(
            "not_active",
            f"“{organization}”的状态是“{organization.get_state_display()}”，不能这样操作。请先恢复它，或选择正常的组织。",
            status=409,
        )


def _must(allowed: bool, code: str, message: str) -> None:
    if not allowed:
        raise RuleError(code, message, status=403)
