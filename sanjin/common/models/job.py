"""Long work is a job: progress, counts, cancel, a result file; it survives a reload and a dead worker."""

import uuid

from django.conf import settings
from django.db import models


class JobState(models.TextChoices):
    WAITING = "waiting", "等待中"
    RUNNING = "running", "进行中"
    DONE = "done", "已完成"
    FAILED = "failed", "失败"
    CANCELLED = "cancelled", "已取消"


UNFINISHED = frozenset({JobState.WAITING, JobState.RUNNING})


class JobQuerySet(models.QuerySet["Job"]):
    def visible_to(self, account) -> "JobQuerySet":
        """A job belongs to the account that started it; nobody else sees it or its files."""
        return self.filter(created_by=account)


class Job(models.Model):
    """`kind` names the runner in the registry (`sanjin.common.jobs`); `params` and `input` are all it gets."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True)
    kind = models.CharField(max_length=40)
    title = models.CharField(max_length=120)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="jobs")
    organization_id = models.BigIntegerField(null=True)
    state = models.CharField(max_length=10, choices=JobState, default=JobState.WAITING)
    params = models.JSONField(default=dict)
    input = models.FileField(upload_to="jobs/in/%Y/%m", blank=True)
    result = models.FileField(upload_to="jobs/out/%Y/%m", blank=True)
    result_name = models.CharField(max_length=120, blank=True)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    failed = models.PositiveIntegerField(default=0)
    report = models.JSONField(default=dict, blank=True)  # what the page shows: counts, rows with errors
    message = models.CharField(max_length=300, blank=True)
    cancel_requested = models.BooleanField(default=False)
    attempts = models.PositiveSmallIntegerField(default=0)
    seen = models.BooleanField(default=False)  # the bell rings until its owner has looked
    created_at = models.DateTimeField(auto_now_add=True)
    heartbeat_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["created_by", "-id"], name="job_owner"),
            models.Index(
                fields=["heartbeat_at"],
                condition=models.Q(state__in=["waiting", "running"]),
                name="job_unfinished",
            ),
            models.Index(
                fields=["finished_at"],
                condition=~models.Q(input="") | ~models.Q(result=""),
                name="job_files",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def unfinished(self) -> bool:
        """It waits for a worker, or runs."""
        return self.state in UNFINISHED
