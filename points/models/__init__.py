from .ledger import Allowance, PointBalance, PointEntry, PointRefusal
from .rollup import ClosedYear, Dirty, Drift, Headcount, Rollup
from .rule import Rule, RuleVersion

__all__ = [
    "Allowance",
    "ClosedYear",
    "Dirty",
    "Drift",
    "Headcount",
    "PointBalance",
    "PointEntry",
    "PointRefusal",
    "Rollup",
    "Rule",
    "RuleVersion",
]
