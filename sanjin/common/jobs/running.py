"""How the worker runs a job, and how the minute's sweep takes up what a dead worker left."""

import logging
from datetime import timedelta

from django.db import InterfaceError, OperationalError
from django.db.models import F, Q
from django.utils import timezone

from sanjin.common.errors import RuleError
from sanjin.common.models import UNFINISHED, Job, JobState

from .files import purge
from .handle import Cancelled, JobHandle, Superseded
from .pulse import Pulse
from .registry import runner_of

log = logging.getLogger(__name__)

STALE = timedelta(seconds=60)
MOST_ATTEMPTS = 3


def run(job_id: int) -> None:
    """Run a job if nobody else does: a waiting one, or one whose worker has been silent for a minute."""
    job = _claim(job_id)
    if job is None:
        return
    with Pulse(job.pk, job.attempts) as pulse:
        handle = JobHandle(job, pulse)
        try:
            _attempt(job, handle)
        except Superseded:
            log.warning("job %s attempt %s was taken over", job.uuid, job.attempts)


def _claim(job_id: int) -> Job | None:
    now = timezone.now()
    free = Q(state=JobState.WAITING) | Q(state=JobState.RUNNING, heartbeat_at__lt=now - STALE)
    claimed = Job.objects.filter(free, pk=job_id).update(
        state=JobState.RUNNING, attempts=F("attempts") + 1, heartbeat_at=now
    )
    return Job.objects.select_related("created_by__organization").get(pk=job_id) if claimed else None


def _attempt(job: Job, handle: JobHandle) -> None:
    if job.cancel_requested:
        return handle.stop(JobState.CANCELLED)
    if not job.created_by.is_active:  # frozen since: its sessions have ended, and so does what it began
        return handle.stop(JobState.FAILED, "发起任务的账号已停用，没有保存任何内容。账号恢复后请重新提交。")
    if job.attempts > MOST_ATTEMPTS:
        return handle.stop(
            JobState.FAILED,
            f"处理中断了 {MOST_ATTEMPTS} 次，已停止。请检查文件后重新提交；仍不成功时，请把任务编号告诉平台管理员。",
        )
    try:
        runner_of(job.kind)(handle)
        handle.finish()
    except Cancelled:
        handle.stop(JobState.CANCELLED)
    except Superseded:
        raise
    except RuleError as error:
        handle.report({"code": error.code})
        handle.stop(JobState.FAILED, error.message)
    except (OperationalError, InterfaceError):
        # The database went away: the row still says RUNNING, and the sweep starts the job again.
        log.exception("job %s lost its database", job.uuid)
    except Exception:
        log.exception("job %s failed", job.uuid)
        handle.stop(
            JobState.FAILED,
            "处理时出现意外，没有保存任何内容。请重新提交；仍不成功时，请把任务编号告诉平台管理员。",
        )


def resume() -> list[int]:
    """Ids of the jobs that nobody works on: never started, or silent for a minute. Sweeps old files away as well."""
    purge()
    silent = Job.objects.filter(state__in=UNFINISHED, heartbeat_at__lt=timezone.now() - STALE)
    return list(silent.order_by("pk").values_list("pk", flat=True)[:500])
