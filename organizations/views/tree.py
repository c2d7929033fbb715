"""The tree beside lists, opened level by level; and the options of a searchable choice of organisations."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from organizations.forms import possible_superiors
from organizations.models import Organization
from organizations.permissions import can_change_structure
from organizations.queries import Node, children_of, nodes_found, nodes_of, path_to, search_organizations
from sanjin.common.pages import AdminPage

from .scope import OrganizationScope

MOST_OPTIONS = 30


class Tree(AdminPage):
    """GET ?parent=<uuid>: its children. ?q=: what a search finds. Else the account's own organisation, unfolded down to
    ?current=<uuid>. ?links=filter makes links that filter the list beside it, =page those to the organisation's page."""

    def get(self, request: HttpRequest) -> HttpResponse:
        scope = Organization.objects.visible_to(self.account)
        text = request.GET.get("q", "").strip()
        if parent := uuid_of(request.GET.get("parent")):
            nodes = children_of(get_object_or_404(scope, uuid=parent))
        elif text:
            nodes = nodes_found(scope, text)
        else:
            nodes = self._unfolded(scope)
        context = {
            "nodes": [self._drawn(node) for node in nodes],
            "href": reverse("organizations:tree"),
            "query": f"links={self._links}" + (f"&current={self._current}" if self._current else ""),
            "q": text,
        }
        return render(request, "organizations/_tree.html", context)

    def _unfolded(self, scope) -> list[Node]:
        top = self.account.seat
        nodes = nodes_of(scope.filter(pk=top.pk))
        current = scope.filter(uuid=self._current).first() if self._current else None
        opened = {row.pk for row in path_to(current, top)[:-1]} if current else set()
        opened.add(top.pk)
        self._open(nodes, opened)
        return nodes

    def _open(self, nodes: list[Node], opened: set[int]) -> None:
        for node in nodes:
            if node.organization.pk in opened and node.children:
                node.open = children_of(node.organization)
                self._open(node.open, opened)

    @property
    def _links(self) -> str:
        return "page" if self.request.GET.get("links") == "page" else "filter"

    @property
    def _current(self) -> UUID | None:
        return uuid_of(self.request.GET.get("current"))

    def _drawn(self, node: Node) -> dict[str, Any]:
        row = node.organization
        page = self._links == "page"
        return {
            "id": row.uuid,
            "name": row.name,
            "note": str(node.branches) if node.branches else "",
            "href": reverse("organizations:detail", args=[row.uuid]) if page else f"?organization={row.uuid}",
            "current": row.uuid == self._current,
            "children": node.children,
            "open": [self._drawn(child) for child in node.open] if node.open else None,
        }


class Superiors(OrganizationScope, AdminPage):
    """GET ?q=: organisations that may become the superior of this one, as options of a searchable choice."""

    def guard(self) -> None:
        if not can_change_structure(self.account, self.organization):
            raise Http404  # only the page that moves asks for these options

    def get(self, request: HttpRequest, uuid: UUID) -> JsonResponse:
        rows = possible_superiors(self.organization, self.account)
        rows = search_organizations(rows, request.GET.get("q", ""))
        options = [
            {"value": str(row.uuid), "text": row.name, "pinyin": row.search} for row in rows[:MOST_OPTIONS]
        ]
        return JsonResponse(options, safe=False)


def uuid_of(text: str | None) -> UUID | None:
    """The id in an address, or None for anything else."""
    try:
        return UUID(text) if text else None
    except ValueError:
        return None
