"""Nature decides the formula and the place in the tree (rules.md §1, §7)."""

from django.db.models import TextChoices


class Nature(TextChoices):
    COMMITTEE = "committee", "党委"
    GENERAL_BRANCH = "general_branch", "党总支"
    BRANCH = "branch", "支部"


# rules.md §7: what may stand directly below what.
CHILDREN: dict[str, set[str]] = {
    Nature.COMMITTEE: {Nature.COMMITTEE, Nature.GENERAL_BRANCH, Nature.BRANCH},
    Nature.GENERAL_BRANCH: {Nature.BRANCH},
    Nature.BRANCH: set(),
}


def labels_below(nature: str) -> str:
    """What may stand below, for a sentence: 党委、党总支、支部; "" below a branch."""
    return "、".join(each.label for each in Nature if each in CHILDREN[Nature(nature)])


class OrganizationState(TextChoices):
    ACTIVE = "active", "正常"
    DISSOLVED = "dissolved", "已撤销"
    MERGED = "merged", "已合并"
    RECYCLED = "recycled", "回收站"
