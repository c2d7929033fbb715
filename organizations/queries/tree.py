"""The tree as it is drawn: children of one node in one query, and what a search finds."""

from dataclasses import dataclass, field

from django.db.models import Count, Exists, Subquery
from django.db.models.functions import Coalesce

from organizations.enums import Nature
from organizations.models import Organization, OrganizationQuerySet
from organizations.paths import subtree, under_outer

from .ancestry import superior_paths
from .listing import search_organizations

MOST_CHILDREN = 500
MOST_FOUND = 30


@dataclass
class Node:
    """One line of the tree. children: whether anything active stands below; open: nodes already unfolded."""

    organization: Organization
    children: bool
    branches: int = 0
    open: list["Node"] = field(default_factory=list)


def children_of(parent: Organization) -> list[Node]:
    """Active organisations directly below, in the tree's order, with their counts of active branches: one query."""
    rows = Organization.objects.active().filter(subtree(parent.path, itself=False), depth=parent.depth + 1)
    return nodes_of(rows.order_by("path")[:MOST_CHILDREN])


def nodes_of(rows: OrganizationQuerySet) -> list[Node]:
    """Rows as nodes, in one query: ranges of the index over active paths tell what stands below each."""
    below = Organization.objects.active().order_by().filter(under_outer())
    branches = below.filter(nature=Nature.BRANCH).values("nature").annotate(n=Count("pk")).values("n")
    rows = rows.annotate(branches=Coalesce(Subquery(branches), 0), has_children=Exists(below))
    return [
        Node(row, children=row.has_children, branches=row.branches)  # type: ignore[attr-defined]  # annotated above
        for row in rows
    ]


def path_to(organization: Organization, top: Organization) -> list[Organization]:
    """From `top` down to `organization`, both included: what stands unfolded when it is the current one."""
    paths = [p for p in (*superior_paths(organization.path), organization.path) if p.startswith(top.path)]
    return list(Organization.objects.filter(path__in=paths).order_by("path"))


def nodes_found(scope: OrganizationQuerySet, text: str) -> list[Node]:
    """Active organisations of the scope that a search finds, the highest first."""
    rows = search_organizations(scope.active(), text).order_by("depth", "path")[:MOST_FOUND]
    return [Node(row, children=False) for row in rows]
