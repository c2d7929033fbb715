"""Jobs: seen while they run, stopped when asked, finished once whatever happens to the worker."""

import os
import signal
import subprocess
import sys
import threading
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.db import DataError, connection, transaction
from django.utils import timezone

from organizations.models import Organization
from sanjin.common import jobs
from sanjin.common.errors import RuleError
from sanjin.common.models import AuditEntry, Job, JobState
from sanjin.common.tasks import resume_jobs, sweep_job_files
from tests.factories import admin, organization
from tests.plugins.workers import WAIT_SECONDS

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("silent_bell")]


@pytest.fixture
def owner():
    return admin(organization("山西省委"))


def start(owner, runner, **options):
    jobs.register("test.kind", runner)
    return jobs.start_job("test.kind", title="试验", actor=owner, **options)


def test_job_runs_once_and_reports(owner):
    calls = []

    def runner(job):
        calls.append(job.params["n"])
        job.progress(2, 2, failed=1)
        job.report({"counts": [["新增", 1]]})
        job.attach_result("结果.xlsx", b"bytes of it")

    job = start(owner, runner, params={"n": 7})
    jobs.run(job.pk)
    jobs.run(job.pk)
    job.refresh_from_db()
    assert calls == [7]
    assert (job.state, job.done, job.total, job.failed) == (JobState.DONE, 2, 2, 1)
    assert job.report == {"counts": [["新增", 1]]}
    assert (job.result.read(), job.result_name) == (b"bytes of it", "结果.xlsx")
    assert AuditEntry.objects.filter(verb="job.started", subject_id=job.pk).count() == 1


def test_runner_reads_what_was_uploaded(owner):
    seen = []
    job = start(owner, lambda job: seen.append(job.open_input().read()), upload=ContentFile(b"abc", "x.xlsx"))
    jobs.run(job.pk)
    assert seen == [b"abc"]


def test_progress_is_seen_while_the_runners_transaction_is_open(owner):
    at_half, go_on = threading.Event(), threading.Event()

    def runner(job):
        with job.once():
            Organization.objects.update(address="half")
            job.progress(50, 100)
            at_half.set()
            assert go_on.wait(WAIT_SECONDS)

    job = start(owner, runner)
    worker = threading.Thread(target=in_thread, args=(job.pk,))
    worker.start()
    assert at_half.wait(WAIT_SECONDS)
    assert eventually(lambda: Job.objects.get(pk=job.pk).done == 50)
    assert Organization.objects.get().address == ""
    go_on.set()
    worker.join(WAIT_SECONDS)
    assert Job.objects.get(pk=job.pk).state == JobState.DONE
    assert Organization.objects.get().address == "half"


def test_cancel_of_a_running_job_rolls_its_work_back(owner):
    started = threading.Event()

    def runner(job):
        with job.once():
            Organization.objects.update(address="half")
            started.set()
            for _ in range(4000):
                job.progress(1, 2)
                time.sleep(0.05)

    job = start(owner, runner)
    worker = threading.Thread(target=in_thread, args=(job.pk,))
    worker.start()
    assert started.wait(WAIT_SECONDS)
    jobs.cancel_job(job, actor=owner)
    worker.join(WAIT_SECONDS)
    assert Job.objects.get(pk=job.pk).state == JobState.CANCELLED
    assert Organization.objects.get().address == ""


def test_cancel_of_a_waiting_job_ends_it_and_a_late_worker_leaves_it_alone(owner):
    calls = []
    job = start(owner, lambda job: calls.append(1))
    jobs.cancel_job(job, actor=owner)
    jobs.run(job.pk)
    assert Job.objects.get(pk=job.pk).state == JobState.CANCELLED
    assert calls == []


def test_cancel_of_a_finished_job_is_refused(owner):
    job = start(owner, lambda job: None)
    jobs.run(job.pk)
    with pytest.raises(RuleError) as refused:
        jobs.cancel_job(job, actor=owner)
    assert (refused.value.code, refused.value.status) == ("job_finished", 409)


def test_rule_error_fails_the_job_with_its_sentence(owner):
    def runner(job):
        with job.once():
            Organization.objects.update(address="half")
            raise RuleError("xlsx_empty", "表格里没有数据行。")

    job = start(owner, runner)
    jobs.run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.message, job.report["code"]) == (
        JobState.FAILED,
        "表格里没有数据行。",
        "xlsx_empty",
    )
    assert Organization.objects.get().address == ""


def test_unexpected_error_fails_the_job_with_a_sentence_for_people(owner):
    job = start(owner, lambda job: 1 / 0)
    jobs.run(job.pk)
    job.refresh_from_db()
    assert job.state == JobState.FAILED
    assert "没有保存任何内容" in job.message


def test_lost_bell_is_made_good_by_the_sweep(owner, silent_bell):
    job = start(owner, lambda job: None)
    resume_jobs()
    assert len(silent_bell) == 1  # not stale yet: only the first bell
    Job.objects.update(heartbeat_at=timezone.now() - timedelta(seconds=61))
    resume_jobs()
    assert silent_bell[-1] == ("sanjin.common.tasks.run_job", (job.pk,))


def test_a_worker_that_was_overtaken_can_commit_nothing(owner):
    """A worker that slept through its minute wakes up after another one has finished the job."""
    runs = []

    def runner(job):
        with job.once():
            runs.append(1)
            with connection.cursor() as cursor:
                cursor.execute("UPDATE organizations_organization SET phone = phone || 'x'")
            if len(runs) == 1:
                take_over(job)

    job = start(owner, runner)
    jobs.run(job.pk)
    assert Job.objects.get(pk=job.pk).attempts == 2
    assert Organization.objects.get().phone == ""
    Job.objects.update(heartbeat_at=timezone.now() - timedelta(seconds=61))
    jobs.run(job.pk)
    assert Organization.objects.get().phone == "x"
    assert Job.objects.get(pk=job.pk).state == JobState.DONE


def test_job_that_kills_its_worker_again_and_again_is_given_up(owner):
    job = start(owner, lambda job: None)
    Job.objects.update(
        state=JobState.RUNNING, attempts=3, heartbeat_at=timezone.now() - timedelta(seconds=61)
    )
    jobs.run(job.pk)
    job.refresh_from_db()
    assert job.state == JobState.FAILED
    assert "中断了 3 次" in job.message


def test_files_go_after_a_day(owner):
    job = start(
        owner, lambda job: job.attach_result("a.xlsx", b"x"), upload=ContentFile(b"personal", "x.xlsx")
    )
    jobs.run(job.pk)
    job.refresh_from_db()
    paths = [Path(job.input.path), Path(job.result.path)]
    assert all(path.exists() for path in paths)
    Job.objects.update(finished_at=timezone.now() - timedelta(hours=25))
    jobs.resume()
    job.refresh_from_db()
    assert (job.input.name, job.result.name) == ("", "")
    assert not any(path.exists() for path in paths)


def test_the_minutes_purge_is_served_by_an_index(owner, django_assert_num_queries):
    with django_assert_num_queries(1) as asked:
        jobs.files.purge()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN {asked[0]['sql']}")
        assert "job_files" in str(cursor.fetchall())


def test_a_worker_that_was_overtaken_leaves_no_result(owner, files):
    def runner(job):
        with job.once():
            job.attach_result("密码条.xlsx", b"one-time passwords")
            take_over(job)

    jobs.run(start(owner, runner).pk)
    assert on_disk(files) == []


def test_a_result_goes_with_its_transaction(owner, files):
    """The commit itself fails: a constraint that is checked there."""

    def runner(job):
        with job.once():
            job.attach_result("密码条.xlsx", b"one-time passwords")
            Organization.objects.update(type_id=0)

    job = start(owner, runner)
    jobs.run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.result.name, job.result_name) == (JobState.FAILED, "", "")
    assert on_disk(files) == []


def test_an_upload_goes_with_its_job(owner, files):
    with pytest.raises(DataError):
        jobs.start_job("k" * 41, title="试验", actor=owner, upload=ContentFile(b"personal", "x.xlsx"))
    assert on_disk(files) == []


def test_the_nights_sweep_deletes_what_no_job_names(owner, files):
    kept = start(owner, lambda job: None, upload=ContentFile(b"a", "x.xlsx"))  # waits since yesterday
    kept.refresh_from_db()
    forgotten = start(owner, lambda job: None, upload=ContentFile(b"b", "x.xlsx"))
    gone = start(owner, lambda job: None, upload=ContentFile(b"c", "x.xlsx"))
    Job.objects.filter(pk=forgotten.pk).update(input="")
    Job.objects.filter(pk=gone.pk).delete()
    stranger = files / "jobs" / "out" / "notes.txt"
    stranger.parent.mkdir(parents=True)
    stranger.write_text("d")
    assert jobs.sweep() == 0  # all of them are young
    a_day_ago = time.time() - 25 * 3600
    for path in on_disk(files):
        os.utime(path, (a_day_ago, a_day_ago))
    fresh = start(owner, lambda job: None, upload=ContentFile(b"e", "x.xlsx"))
    Job.objects.filter(pk=fresh.pk).delete()  # what a transaction that still runs looks like
    sweep_job_files()
    assert {path.name for path in on_disk(files)} == {f"{kept.uuid}.bin", f"{fresh.uuid}.bin"}
    assert jobs.sweep() == 0


def test_a_sweep_has_an_end(owner, files, monkeypatch):
    monkeypatch.setattr(jobs.files, "MOST", 2)
    monkeypatch.setattr(jobs.files, "AT_ONCE", 1)
    for _ in range(3):
        start(owner, lambda job: None, upload=ContentFile(b"a", "x.xlsx"))
    Job.objects.all().delete()
    for path in on_disk(files):
        os.utime(path, (1, 1))
    assert [jobs.sweep(), jobs.sweep(), jobs.sweep()] == [2, 1, 0]


@pytest.mark.race
def test_eight_workers_that_hear_the_bell_run_the_job_once(owner):
    runs = []
    job = start(owner, lambda job: runs.append(1))
    workers = [threading.Thread(target=in_thread, args=(job.pk,)) for _ in range(8)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(WAIT_SECONDS)
    assert runs == [1]
    assert Job.objects.get(pk=job.pk).attempts == 1


@pytest.mark.race
@pytest.mark.parametrize("when", ["before", "after"])
def test_worker_killed_before_or_after_its_commit_doubles_nothing(owner, when):
    """kill -9 of a real process, inside the transaction or just behind it; then the sweep and another worker."""
    job = start(owner, lambda job: None)
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.common.doomed_worker", str(job.pk), when],
        env=os.environ | {"DATABASE_NAME": connection.settings_dict["NAME"]},
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
    )
    assert process.stdout.readline() == b"half-way\n"
    process.send_signal(signal.SIGKILL)
    process.wait(WAIT_SECONDS)
    jobs.register("test.kind", add_mark)
    Job.objects.update(heartbeat_at=timezone.now() - timedelta(seconds=61))
    for job_id in jobs.resume():
        jobs.run(job_id)
    assert Organization.objects.get().phone == "x"
    assert Job.objects.get(pk=job.pk).state == JobState.DONE


def add_mark(job):
    with job.once(), connection.cursor() as cursor:
        cursor.execute("UPDATE organizations_organization SET phone = phone || 'x'")


def on_disk(folder):
    return [path for path in folder.rglob("*") if path.is_file()]


def take_over(job):
    def elsewhere():
        try:
            Job.objects.update(attempts=2)
        finally:
            connection.close()

    thread = threading.Thread(target=elsewhere)
    thread.start()
    thread.join()


def in_thread(job_id):
    try:
        jobs.run(job_id)
    finally:
        connection.close()


def eventually(condition, seconds=WAIT_SECONDS):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        with transaction.atomic():
            if condition():
                return True
        time.sleep(0.05)
    return False


@pytest.mark.parametrize(("hours", "words"), [(24, "1 天"), (72, "3 天"), (36, "36 小时"), (6, "6 小时")])
def test_how_long_files_are_kept_is_said_as_it_is_set(settings, hours, words):
    settings.JOB_FILES_KEPT_HOURS = hours
    assert jobs.kept_for() == words
