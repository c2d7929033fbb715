"""Pages of jobs: only the owner's, polling ends, results by short-lived addresses."""

import time

import pytest

from sanjin.common import jobs
from sanjin.common.jobs import queries
from sanjin.common.models import Job
from tests.factories import admin, organization, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("silent_bell")]


@pytest.fixture
def owner():
    return admin(organization("山西省委"))


@pytest.fixture
def job(owner):
    def runner(handle):
        handle.progress(3, 3, failed=1)
        handle.report(
            {"counts": [["新增", 2]], "errors": [{"row": 4, "column": "姓名", "reason": "必填", "value": ""}]}
        )
        handle.attach_result("有误的行.xlsx", b"PK-bytes")

    jobs.register("test.kind", runner)
    return jobs.start_job("test.kind", title="导入党员", actor=owner)


def finish(job):
    jobs.run(job.pk)
    job.refresh_from_db()
    return job


def test_page_polls_while_the_job_waits_and_stops_when_it_ended(client, owner, job):
    signed_in(client, owner)
    address = f"/jobs/{job.uuid}/"
    waiting = client.get(address)
    assert 'hx-trigger="every 1s"' in waiting.content.decode()
    assert client.get(address, headers={"HX-Request": "true"}).status_code == 200
    finish(job)
    ended = client.get(address, headers={"HX-Request": "true"})
    assert ended.status_code == 286
    assert "hx-trigger" not in ended.content.decode()
    assert "必填" in ended.content.decode()


def test_bell_rings_until_the_owner_has_looked(client, owner, job):
    signed_in(client, owner)
    assert queries.ended_unseen(owner) == []
    finish(job)
    assert [todo.title for todo in queries.ended_unseen(owner)] == ["导入党员：已完成"]
    client.get(f"/jobs/{job.uuid}/")
    assert queries.ended_unseen(owner) == []


def test_result_is_a_download_for_ten_minutes(client, owner, job, monkeypatch):
    signed_in(client, owner)
    address = queries.result_address(finish(job))
    answer = client.get(address)
    assert b"".join(answer.streaming_content) == b"PK-bytes"
    assert answer["Content-Disposition"].startswith("attachment;")
    later = time.time() + 601
    monkeypatch.setattr("django.core.signing.time.time", lambda: later)
    assert not queries.address_holds(job, address.rsplit("/", 2)[1])


@pytest.mark.parametrize("method", ["page", "cancel", "result"])
def test_nobody_but_the_owner_sees_a_job(client, job, owner, method):
    finish(job)
    signed_in(client, admin(owner.organization))
    address = {
        "page": f"/jobs/{job.uuid}/",
        "cancel": f"/jobs/{job.uuid}/cancel/",
        "result": queries.result_address(job),
    }[method]
    answer = client.post(address) if method == "cancel" else client.get(address)
    assert answer.status_code == 404


def test_list_shows_own_jobs_with_constant_queries(client, owner, django_assert_max_num_queries):
    signed_in(client, owner)
    other = admin(owner.organization)
    for actor in (owner, owner, owner, other):
        jobs.start_job("test.kind", title=f"任务{Job.objects.count()}", actor=actor)
    with django_assert_max_num_queries(12):
        page = client.get("/jobs/").content.decode()
    assert [f"任务{n}" in page for n in range(4)] == [True, True, True, False]


def test_cancel_by_its_button(client, owner, job):
    signed_in(client, owner)
    assert client.post(f"/jobs/{job.uuid}/cancel/").status_code == 302
    assert Job.objects.get(pk=job.pk).state == "cancelled"
