"""Jobs: long work with progress, cancel and a result file, that survives a reload and a dead worker.

An app registers a runner in `AppConfig.ready()` and starts jobs of that kind from an action or a view:

    jobs.register("members.import", import_members)
    job = jobs.start_job("members.import", title="导入党员", actor=account, upload=file, params={...})

    def import_members(job: JobHandle) -> None:
        rows = read(job.open_input())
        with job.once():                       # the rows and the job's end are one transaction
            for done, chunk in enumerate(chunks(rows)):
                save(chunk)
                job.progress(done, len(rows))  # seen by others at once; raises Cancelled when asked to stop
            job.report({"counts": [["新增", 12]]})
"""

from .actions import cancel_job, follow_job, note_download, start_job
from .files import kept_for, sweep
from .handle import Cancelled, JobHandle, Superseded
from .registry import register
from .running import resume, run

__all__ = [
    "Cancelled",
    "JobHandle",
    "Superseded",
    "cancel_job",
    "follow_job",
    "kept_for",
    "note_download",
    "register",
    "resume",
    "run",
    "start_job",
    "sweep",
]
