"""The lock of the tree, and the checks of its data that every change of it shares."""

from organizations.enums import CHILDREN, Nature, labels_below
from organizations.models import Organization, OrganizationType
from sanjin.common.errors import RuleError


def lock_tree(*organizations: Organization) -> list[Organization]:
    """Lock the root row (readers and foreign keys go on), then the given ones, and read these as they are now: whoever is
    writing into one of them (`hold`) has committed by then, so that what is counted there is all there is."""
    rows = Organization.objects.select_for_update(no_key=True)
    list(rows.filter(depth=1))
    wanted = rows.filter(pk__in=[each.pk for each in organizations]).order_by("path")
    fresh = {row.pk: row for row in wanted}
    return [fresh[each.pk] for each in organizations]


def check_place(parent: Organization, nature: str) -> None:
    """rules.md §7: what may stand below what. RuleError `nature_refused`."""
    if nature not in CHILDREN[Nature(parent.nature)]:
        allowed = labels_below(parent.nature)
        raise RuleError(
            "nature_refused",
            f"{parent.get_nature_display()}“{parent}”下不能设{Nature(nature).label}："
            + (f"它的下级只能是{allowed}。" if allowed else "支部没有下级组织。")
            + "请改选上级组织或部门性质。",
            field="nature",
        )


def check_type(nature: str, kind: OrganizationType) -> None:
    """F02, F39: a type belongs to one nature. RuleError `type_refused`."""
    if kind.nature != nature:
        raise RuleError(
            "type_refused",
            f"“{kind.name}”不是{Nature(nature).label}的类型。请从列表中选择与部门性质相符的类型。",
            field="type",
        )


def check_name(parent: Organization | None, name: str, *, but: int | None = None) -> str:
    """The name without outer blanks, free among the active ones below `parent`. RuleError `name_empty`, `name_taken`."""
    name = " ".join(name.split())
    if not name:
        raise RuleError("name_empty", "没有填写组织名称。请填写组织全称。", field="name")
    if parent is None:
        return name
    siblings = Organization.objects.active().filter(
        depth=parent.depth + 1, path__startswith=parent.path, name=name
    )
    if but is not None:
        siblings = siblings.exclude(pk=but)
    if siblings.exists():
        raise RuleError(
            "name_taken",
            f"“{parent}”下已有名为“{name}”的组织。请核对是否重复，或使用能区分的全称。",
            field="name",
        )
    return name
