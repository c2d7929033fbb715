"""What an organisation's own admin keeps (F41), and the settings that hold for its subtree."""

from datetime import date
from decimal import Decimal
from typing import Any

from organizations.models import Organization
from organizations.queries.ancestry import SETTINGS, locked_by
from sanjin.common.audit import audited
from sanjin.common.errors import RuleError

from .guards import must_be_active, must_edit_basics, must_edit_settings

LABELS = {"screenshot_codes": "签到码可截图", "rankings_shown": "积分排行"}


def update_basics(
    organization: Organization,
    *,
    actor: Any,
    founded_on: date | None,
    term_ends_on: date | None,
    phone: str,
    address: str,
    latitude: Decimal | None,
    longitude: Decimal | None,
) -> Organization:
    """Phone, address, place on the map (degrees), dates. Values are checked by `validators.py` before (F27).

    RuleError: `not_own` (403), `not_active` (409), `term_before_founding`.
    """
    with audited("organization.basics_updated", actor=actor, subject=organization, organization=organization):
        row = Organization.objects.select_for_update(no_key=True).get(pk=organization.pk)
        must_edit_basics(actor, row)
        must_be_active(row)
        if founded_on and term_ends_on and term_ends_on <= founded_on:
            raise RuleError(
                "term_before_founding", "届满日期不晚于成立日期。请核对两个日期。", field="term_ends_on"
            )
        row.founded_on, row.term_ends_on = founded_on, term_ends_on
        row.phone, row.address = phone, address
        row.latitude, row.longitude = latitude, longitude
        row.save(
            update_fields=[
                "founded_on",
                "term_ends_on",
                "phone",
                "address",
                "latitude",
                "longitude",
                "search",
            ]
        )
    return row


def change_settings(organization: Organization, *, actor: Any, **values: bool | None) -> Organization:
    """`screenshot_codes` (F10), `rankings_shown` (F03): False forbids it here and below, None says nothing. What a
    superior forbade here stays until that superior, or one above it, lifts it (decision 14).

    RuleError: `not_own`, `superior_forbids` (403), `not_active` (409).
    """
    if unknown := set(values) - set(SETTINGS):
        raise TypeError(f"unknown settings {unknown}")
    facts: dict[str, Any] = {**values}
    with audited(
        "organization.settings_changed", actor=actor, subject=organization, organization=organization, **facts
    ):
        row = Organization.objects.select_for_update(no_key=True).get(pk=organization.pk)
        must_edit_settings(actor, row)
        must_be_active(row)
        own = actor is None or actor.organization_id == row.pk
        for name, value in values.items():
            _set(row, name, value, seat=row if own else actor.seat)
        row.save(update_fields=[*values, *(f"{name}_by" for name in values)])
    return row


def _set(row: Organization, name: str, value: bool | None, *, seat: Organization) -> None:
    if above := locked_by(row, name, seat=seat):
        if value is not False:
            message = (
                f"“{LABELS[name]}”由上级“{above}”关闭，您不能恢复。需要恢复时，请联系“{above}”的管理员。"
            )
            raise RuleError("superior_forbids", message, field=name, status=403)
        return
    setattr(row, name, value)
    setattr(row, f"{name}_by", seat if value is False else None)
