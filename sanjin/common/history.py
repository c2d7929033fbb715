"""Before and after of every row, taken by database triggers, so that bulk SQL and COPY are seen as well."""

from collections.abc import Callable, Sequence

import pghistory


def tracked(*, exclude: Sequence[str] = ()) -> Callable[[type], type]:
    """Class decorator: each insert and update is copied to `<Model>Event` with the audit entry's uuid
    (`pgh_context_id`). The context is denormalised, so that a bulk load writes no context row per row."""
    return pghistory.track(
        pghistory.InsertEvent(),
        pghistory.UpdateEvent(),
        context_field=pghistory.ContextJSONField(),
        context_id_field=pghistory.ContextUUIDField(),
        exclude=list(exclude),
    )
