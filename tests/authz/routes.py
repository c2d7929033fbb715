"""Every route of the URLconf with the methods that it answers: the matrix is generated from these, not from a list."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver

SAFE = {"options", "head", "trace"}


@dataclass(frozen=True)
class Route:
    """`path` as written in the URLconf (`members/<uuid:uuid>/`), `method` in lower case."""

    path: str
    method: str


def routes() -> list[Route]:
    return [Route(path, method) for path, callback in _walk(get_resolver()) for method in _methods(callback)]


def _walk(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, object]]:
    for item in resolver.url_patterns:
        path = prefix + str(item.pattern)
        if isinstance(item, URLResolver):
            yield from _walk(item, path)
        elif isinstance(item, URLPattern):
            yield path, item.callback


def _methods(callback) -> list[str]:
    actions = getattr(callback, "actions", None)  # DRF view sets say which method calls what
    if actions:
        return sorted(set(actions) - SAFE)
    view = getattr(callback, "view_class", None) or getattr(callback, "cls", None)
    if view is None:
        return ["get"]  # our few function views only show; anything else they refuse or ignore
    return [m for m in view.http_method_names if m not in SAFE and hasattr(view, m)]
