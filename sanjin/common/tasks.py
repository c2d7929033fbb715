"""What the worker does for the common floor."""

from celery import shared_task

from sanjin.common.bell import ring


@shared_task
def run_job(job_id: int) -> None:
    """Run one job; harmless when it is already running or done."""
    from sanjin.common import jobs  # noqa: PLC0415  start_job rings for this task

    jobs.run(job_id)


@shared_task
def resume_jobs() -> None:
    """Each minute: jobs whose bell was lost or whose worker died are started again."""
    from sanjin.common import jobs  # noqa: PLC0415  start_job rings for this task

    for job_id in jobs.resume():
        ring(run_job, job_id)
