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


@shared_task
def sweep_job_files() -> None:
    """Each night: uploads and results that no job names are deleted."""
    from sanjin.common import jobs  # noqa: PLC0415  start_job rings for a task above

    jobs.sweep()


@shared_task
def seal_audit() -> None:
    """Each minute: seal the audit entries of finished transactions. A missed minute is made good by the next."""
    from sanjin.common import chain  # noqa: PLC0415  like actions, it stands above the tasks

    while (link := chain.seal()) is not None and link.entries >= chain.BATCH:
        pass
