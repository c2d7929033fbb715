from .audit import AuditEntry, AuditSeal
from .job import UNFINISHED, Job, JobState

__all__ = ["UNFINISHED", "AuditEntry", "AuditSeal", "Job", "JobState"]
