"""Starting a job, and asking one to stop."""

from typing import Any

from django.conf import settings
from django.core.files.base import File
from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from sanjin.common.audit import about, audited
from sanjin.common.bell import ring
from sanjin.common.errors import RuleError
from sanjin.common.models import Job, JobState
from sanjin.common.models.job import UNFINISHED

from .files import saving
from .queries import follower_of


def start_job(
    kind: str,
    *,
    title: str,
    actor: Any,
    organization: Model | None = None,
    params: dict[str, Any] | None = None,
    upload: File | None = None,
) -> Job:
    """Record a job and ring for a worker. If no worker hears it, the sweep finds it within two minutes.

    actor: the Account whose job it is (this package knows no app). kind: registered. title: what the owner reads in the list. params: JSON, no personal data in clear.
    upload: the file that the runner reads with `job.open_input()`. Returns the job, state WAITING.
    RuleError `too_many_jobs` (429) while about JOBS_AT_ONCE of the actor's are not done (counted without a lock: some
    more may pass in the same moment): one account must not fill the queue.
    """
    from sanjin.common.tasks import run_job  # noqa: PLC0415  the task runs what stands above it

    _refuse_too_many(actor)
    job = Job(kind=kind, title=title, created_by=actor, params=params or {}, heartbeat_at=timezone.now())
    job.organization_id = getattr(organization, "pk", None) or getattr(actor, "organization_id", None)
    audit = audited("job.started", actor=actor, organization=job.organization_id, kind=kind)
    with saving(job) as save, audit as entry:
        if upload is not None:
            save(job.input, upload)
        job.save(force_insert=True)
        about(entry, job)
        ring(run_job, job.pk)
    return job


def _refuse_too_many(actor: Any) -> None:
    unfinished = Job.objects.filter(created_by=actor, state__in=UNFINISHED)
    if unfinished.count() >= settings.JOBS_AT_ONCE:
        raise RuleError(
            "too_many_jobs",
            f"您已有 {settings.JOBS_AT_ONCE} 个任务还没有完成，这次没有开始新的。请在“我的任务”里等它们完成，或取消不需要的，再试一次。",
            status=429,
        )


def follow_job(previous: Job, kind: str, *, param: str, title: str, actor: Any, **more: Any) -> Job:
    """Start the job that `previous` leads to, or return the one that stands already (see `follower_of`): one, however
    often and at what moment the button is pressed. Its params are {param: uuid of `previous`}; more and RuleError: as `start_job`."""
    with transaction.atomic():
        Job.objects.select_for_update().get(pk=previous.pk)
        standing = follower_of(previous, kind, param=param)
        params = {param: str(previous.uuid)}
        return standing or start_job(kind, title=title, actor=actor, params=params, **more)


def cancel_job(job: Job, *, actor: Any) -> Job:
    """A waiting job ends at once; a running one at its next step, and what it did is rolled back.

    RuleError: `job_finished` (409).
    """
    with audited("job.cancelled", actor=actor, subject=job, organization=job.organization_id):
        job = Job.objects.select_for_update().get(pk=job.pk)
        if not job.unfinished:
            raise RuleError(
                "job_finished",
                f"任务已经结束（{job.get_state_display()}），不能再取消。请在任务页面查看结果。",
                status=409,
            )
        job.cancel_requested = True
        if job.state == JobState.WAITING:
            job.state, job.finished_at = JobState.CANCELLED, timezone.now()
        job.save(update_fields=["cancel_requested", "state", "finished_at"])
    return job


def note_download(job: Job, *, actor: Any) -> None:
    """Nearly every result holds personal data or one-time passwords, so each download, and each page that shows one, is
    in the audit."""
    with audited("job.downloaded", actor=actor, subject=job, organization=job.organization_id):
        pass
