"""What the features above call. `award` and `reverse` book, the rest computes."""

from points.enums import Reason, SubjectKind
from points.subjects import Outcome, Subject

from .award import award
from .nightly import check_drift, prepare_partitions, run_night
from .recompute import recompute_all, recompute_dirty
from .refusals import explain
from .reverse import reverse
from .rules import change_rule
from .years import close_year

__all__ = [
    "Outcome",
    "Reason",
    "Subject",
    "SubjectKind",
    "award",
    "change_rule",
    "check_drift",
    "close_year",
    "explain",
    "prepare_partitions",
    "recompute_all",
    "recompute_dirty",
    "reverse",
    "run_night",
]
