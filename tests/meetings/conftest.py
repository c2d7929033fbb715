"""One branch with people, and its superior and sibling."""

from types import SimpleNamespace

import pytest

from organizations.enums import Nature

from . import factories as make


@pytest.fixture
def house(db) -> SimpleNamespace:
    """root committee → committee → branch (an organiser, three members) and sibling (one member); each has its admin."""
    root = make.organization("省委", nature=Nature.COMMITTEE)
    committee = make.organization("某县委", nature=Nature.COMMITTEE, below=root)
    branch, sibling = (
        make.organization("甲支部", below=committee),
        make.organization("乙支部", below=committee),
    )
    return SimpleNamespace(
        root=root,
        committee=committee,
        branch=branch,
        sibling=sibling,
        root_admin=make.admin(root),
        committee_admin=make.admin(committee),
        admin=make.admin(branch),
        sibling_admin=make.admin(sibling),
        organiser=make.member(branch, "张组织"),
        members=[make.member(branch) for _ in range(3)],
        stranger=make.member(sibling, "李外人"),
    )
