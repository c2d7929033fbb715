"""Uploads and results on the disk. They hold personal data and one-time passwords: none outlives its day."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from itertools import islice
from pathlib import PurePosixPath
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import Storage
from django.db.models import Q
from django.db.models.fields.files import FieldFile
from django.utils import timezone

from sanjin.common.models import Job

OF_ROWS = ("errors", "errors_total", "warnings", "extra", "there")
FOLDERS = ("jobs/in", "jobs/out")  # see `Job.input` and `Job.result`
AT_ONCE = 500
MOST = 10_000  # files deleted in one sweep; the next one goes on

Save = Callable[[FieldFile, File], None]


@contextmanager
def saving(job: Job) -> Iterator[Save]:
    """`save(job.result, file)` stores a file of the job. A file is no part of a transaction, so put this around it: what
    was saved is deleted again if the block raises. (What a killed process leaves is the sweep's.)"""
    saved: list[FieldFile] = []

    def save(field: FieldFile, file: File) -> None:
        field.save(f"{job.uuid}.bin", file, save=False)
        saved.append(field)

    try:
        yield save
    except BaseException:
        for field in saved:
            field.delete(save=False)
        raise


def kept_for() -> str:
    """How long the files of a job are kept after its end, in words: 1 天, 36 小时."""
    days, rest = divmod(settings.JOB_FILES_KEPT_HOURS, 24)
    return f"{days} 天" if days and not rest else f"{settings.JOB_FILES_KEPT_HOURS} 小时"


def purge() -> None:
    """Empty the jobs whose time is over (`kept_for`), 200 at a time."""
    ended = Job.objects.filter(finished_at__lt=_over()).filter(~Q(input="") | ~Q(result=""))
    for job in ended.order_by("finished_at")[:200]:
        for file in (job.input, job.result):
            if file:
                file.delete(save=False)
        Job.objects.filter(pk=job.pk).update(input="", result="", report=_without_rows(job.report))


def _empty_reports() -> None:
    """Of jobs that had no file: an import reads its check's, and what it says of single rows would stay for ever."""
    ended = Job.objects.filter(
        finished_at__lt=_over(), report__has_any_keys=list(OF_ROWS), input="", result=""
    )
    for job in ended.only("pk", "report").iterator(chunk_size=200):
        Job.objects.filter(pk=job.pk).update(report=_without_rows(job.report))


def _without_rows(report: dict[str, Any]) -> dict[str, Any]:
    """Counts stay; what was said of single rows goes with the file that it was read from."""
    kept = {key: value for key, value in report.items() if key not in OF_ROWS}
    gone = f"逐行的说明已随上传的文件清理（只保留 {kept_for()}）。需要时请重新上传检查。"
    return kept | ({"note": gone} if report.get("errors") else {})


def sweep() -> int:
    """Each night: empty the reports of jobs that had no file; delete files that no job names, when they are older than that: a
    process died, or a transaction failed, between the file and its row. Returns their number, 10,000 at most."""
    storage, before = Job._meta.get_field("result").storage, _over()
    files = (path for folder in FOLDERS for path in _walk(storage, folder))
    _empty_reports()
    lost = 0
    while lost < MOST and (paths := list(islice(files, AT_ONCE))):
        for path in _nameless(paths):
            if storage.get_modified_time(path) < before:
                storage.delete(path)
                lost += 1
    return lost


def _walk(storage: Storage, folder: str) -> Iterator[str]:
    if not storage.exists(folder):
        return
    folders, files = storage.listdir(folder)
    yield from (f"{folder}/{name}" for name in files)
    for name in folders:
        yield from _walk(storage, f"{folder}/{name}")


def _nameless(paths: Sequence[str]) -> list[str]:
    """Those that their job doesn't name, or that have none. A file's name begins with the uuid of its job."""
    jobs = Job.objects.filter(uuid__in={uuid for path in paths if (uuid := _job_of(path))})
    named = {name for pair in jobs.values_list("input", "result") for name in pair}
    return [path for path in paths if path not in named]


def _job_of(path: str) -> UUID | None:
    try:
        return UUID(PurePosixPath(path).name[:36])
    except ValueError:
        return None


def _over() -> datetime:
    return timezone.now() - timedelta(hours=settings.JOB_FILES_KEPT_HOURS)
