"""What apps above this one add to the filters of organisations: they register in `AppConfig.ready()`.

conditions.register("admin", filters.ChoiceFilter(label="管理员账号", …))
"""

from django_filters import Filter

_conditions: dict[str, Filter] = {}


def register(key: str, condition: Filter) -> None:
    """`key` becomes a parameter of the list's address."""
    _conditions[key] = condition


def registered() -> dict[str, Filter]:
    return dict(_conditions)
