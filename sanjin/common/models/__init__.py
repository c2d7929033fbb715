from .audit import AuditEntry, AuditSeal
from .job import Job, JobState

__all__ = ["AuditEntry", "AuditSeal", "Job", "JobState"]
