"""What an organisation's own admin keeps (F41), and the settings that hold for its subtree."""

from datetime import date
from decimal import Decimal
from typing import Any

from organizations.models import Organization
from organizations.queries.ancestry import SETTINGS
from sanjin.common.audit import audited
from sanjin.common.errors import RuleError

from .guards import must_be_active, must_edit_basics, must_edit_settings


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
    """`screenshot_codes` (F10), `rankings_shown` (F03): False forbids it here and below, None says nothing.

    RuleError: `not_own` (403), `not_active` (409).
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
        for name, value in values.items():
            setattr(row, name, value)
        row.save(update_fields=[*values])
    return row
