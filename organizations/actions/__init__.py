"""Changes of the tree. Every one locks the root row first, so two of them never see half of each other."""

from .basics import change_settings, update_basics
from .create import create_organization, create_root
from .holding import hold
from .recycle import recycle_organization, restore_organization
from .structure import (
    dissolve_organization,
    move_organization,
    obstacles,
    rename_organization,
    retype_organization,
)

__all__ = [
    "change_settings",
    "create_organization",
    "create_root",
    "dissolve_organization",
    "hold",
    "move_organization",
    "obstacles",
    "recycle_organization",
    "rename_organization",
    "restore_organization",
    "retype_organization",
    "update_basics",
]
