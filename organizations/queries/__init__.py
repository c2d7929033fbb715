"""Reading the tree."""

from .ancestry import (
    ancestors,
    direct_superior,
    forbidden_by,
    locked_by,
    on_everywhere,
    setting_of,
    superior_paths,
    superiors_of,
)
from .listing import search_organizations, with_parent_name
from .recycling import kept_for, kept_in_words, restorable_until
from .tree import Node, children_of, nodes_found, nodes_of, path_to

__all__ = [
    "Node",
    "ancestors",
    "children_of",
    "direct_superior",
    "forbidden_by",
    "kept_for",
    "kept_in_words",
    "locked_by",
    "nodes_found",
    "nodes_of",
    "on_everywhere",
    "path_to",
    "restorable_until",
    "search_organizations",
    "setting_of",
    "superior_paths",
    "superiors_of",
    "with_parent_name",
]
