"""What waits for a job's owner, and the short-lived addresses of results."""

from typing import Any

from django.core import signing
from django.http import HttpRequest
from django.urls import reverse

from sanjin.common.models import UNFINISHED, Job, JobState
from sanjin.common.todo import MOST, Todo

ENDED = [JobState.DONE, JobState.FAILED]
RESULT_SECONDS = 600
SALT = "job-result"


def ended_unseen(account: Any) -> list[Todo]:
    """Jobs that ended and whose page the owner has not opened since: the bell rings for them."""
    rows = Job.objects.visible_to(account).filter(state__in=ENDED, seen=False).order_by("-id")[:MOST]
    return [
        Todo(
            tag="任务",
            title=f"{job.title}：{job.get_state_display()}",
            url=reverse("jobs:detail", args=[job.uuid]),
            link="查看结果",
            tone="good" if job.state == JobState.DONE else "bad",
            since=job.finished_at,
        )
        for job in rows
    ]


def follower_of(previous: Job, kind: str, *, param: str) -> Job | None:
    """The job of this kind that was started from `previous` (named by its `param`) and neither failed nor was cancelled."""
    same = Job.objects.filter(
        kind=kind, created_by=previous.created_by_id, **{f"params__{param}": str(previous.uuid)}
    )
    return same.exclude(state__in=(JobState.FAILED, JobState.CANCELLED)).first()


def result_address(job: Job) -> str:
    """Where the result is downloaded: the address is good for ten minutes, and only for the job's owner."""
    return reverse("jobs:result", args=[job.uuid, signing.TimestampSigner(salt=SALT).sign(str(job.uuid))])


def address_holds(job: Job, token: str) -> bool:
    """Whether the token of a result's address was signed for this job and is still good."""
    try:
        return signing.TimestampSigner(salt=SALT).unsign(token, max_age=RESULT_SECONDS) == str(job.uuid)
    except signing.BadSignature:
        return False


def unfinished(request: HttpRequest) -> int:
    """How many of the account's jobs wait or run: the number at the bar's sign of jobs."""
    return Job.objects.visible_to(request.user).filter(state__in=UNFINISHED).count()
