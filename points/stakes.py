"""What points mean for changes of the tree and of who counts: totals follow within seconds, not with the minute's sweep.

Triggers leave the marks, under bulk SQL and COPY as well (`migrations/_sql.py`); a trigger can't ring, so this does.
"""

from typing import Any

from points.tasks import recompute_dirty
from sanjin.common.bell import ring


def follow(_happening: Any = None) -> None:
    """Ring for the marks of this transaction once it is committed."""
    ring(recompute_dirty)
