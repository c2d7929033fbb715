"""Ask for a recompute without earning anything (a structure change, a correction)."""

from collections.abc import Iterable

from django.db import connection

from points.tasks import recompute_dirty_task
from sanjin.common.bell import ring


def mark_dirty(organization_ids: Iterable[int], month: int = 0) -> None:
    """Append a mark for each organisation; its ancestors follow by themselves. month: a month code, 0 for the current.

    Changes of members and of the tree are marked by triggers; only other reasons need this. Never waits for anybody.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO points_dirty (organization_id, month) SELECT unnest(%s::bigint[]), %s",
            [list(organization_ids), month],
        )
    ring(recompute_dirty_task)
