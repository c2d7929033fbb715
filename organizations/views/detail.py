"""The page of one organisation."""

from typing import Any

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse

from organizations import facts
from organizations.enums import Nature, OrganizationState
from organizations.models import Organization
from organizations.paths import subtree
from organizations.permissions import (
    MAINTAINERS,
    can_change_structure,
    can_create_below,
    can_edit_basics,
    can_edit_settings,
)
from organizations.queries import ancestors, direct_superior, forbidden_by
from sanjin.common.pages import AdminPage

from .scope import OrganizationScope

TONES = {
    OrganizationState.ACTIVE: "good",
    OrganizationState.DISSOLVED: "neutral",
    OrganizationState.MERGED: "neutral",
    OrganizationState.RECYCLED: "warn",
}


class OrganizationPage(OrganizationScope, AdminPage):
    """Basics, place in the tree, what stands below, what hangs on it, who maintains what (F41)."""

    def get(self, request: HttpRequest, uuid: Any) -> HttpResponse:
        row = self.organization
        context = {
            "title": row.name,
            "menu": "organizations",
            "organization": row,
            "tone": TONES[OrganizationState(row.state)],
            "above": self._above(row),
            "superior": direct_superior(row),
            "below": below_by_nature(row),
            "standings": row.standings.select_related("type").order_by("-in_force"),
            "maintainers": MAINTAINERS,
            "may": self._may(row),
            "no_screenshots": ban_note(row, "screenshot_codes"),
            "no_rankings": ban_note(row, "rankings_shown"),
            "formula_href": formula_address(row),
        }
        return render(request, "organizations/detail.html", context)

    def _above(self, row: Organization) -> list[Organization]:
        own = self.account.seat.path
        return [each for each in ancestors(row) if each.path.startswith(own)]

    def _may(self, row: Organization) -> dict[str, bool]:
        active = row.state == OrganizationState.ACTIVE
        structure = can_change_structure(self.account, row)
        return {
            "basics": active and can_edit_basics(self.account, row),
            "settings": active and can_edit_settings(self.account, row),
            "create": can_create_below(self.account, row),
            "structure": active and structure,
            "restore": structure and row.state == OrganizationState.RECYCLED,
        }


class OrganizationFacts(OrganizationScope, AdminPage):
    """GET: what the apps above say about it; a fragment, because counting a province takes a moment."""

    def get(self, request: HttpRequest, uuid: Any) -> HttpResponse:
        panels = facts.of(self.organization, self.account)
        return render(request, "organizations/_facts.html", {"panels": panels})


def ban_note(organization: Organization, name: str) -> str:
    """Who switched the setting off for this organisation, in words; empty where it is on."""
    setter = forbidden_by(organization, name)
    if setter is None:
        return ""
    return "本组织关闭" if setter.pk == organization.pk else f"上级“{setter}”关闭"


def below_by_nature(organization: Organization) -> list[tuple[str, int, str]]:
    """(nature, number of active ones below, address of the list) for each nature."""
    below = Organization.objects.active().filter(subtree(organization.path, itself=False))
    counts = dict(below.order_by().values_list("nature").annotate(Count("pk")))
    address = reverse("organizations:list")
    return [
        (
            nature.label,
            counts.get(nature.value, 0),
            f"{address}?organization={organization.uuid}&nature={nature.value}",
        )
        for nature in Nature
    ]


def formula_address(organization: Organization) -> str:
    """Where the formula of its points is drawn, if points are installed."""
    try:
        return reverse("points:formula", args=[organization.uuid])
    except NoReverseMatch:
        return ""
