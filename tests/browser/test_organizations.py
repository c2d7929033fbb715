"""The tree opens level by level, finds by initials and filters the list; a job's page follows its job by itself."""

import threading

import pytest
from django.db import connection
from playwright.sync_api import expect

from organizations.enums import Nature
from sanjin.common import jobs
from tests.factories import admin, organization

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def account(silent_bell):
    city = organization("太原市委")
    county = organization("迎泽区委", below=city)
    organization("财政局第一支部", nature=Nature.BRANCH, below=county)
    organization("人社局第一支部", nature=Nature.BRANCH, below=county)
    return admin(city, "tys00012")


@pytest.mark.promise("F02")
def test_tree_opens_lazily_searches_by_initials_and_filters_the_list(desk, sign_in, account):
    sign_in(desk, account)
    desk.goto("/organizations/")
    tree = desk.locator(".tree-panel")
    tree.get_by_role("link", name="迎泽区委").wait_for()
    assert tree.get_by_role("link", name="财政局第一支部").count() == 0
    tree.get_by_role("button", name="展开 迎泽区委").click()
    tree.get_by_role("link", name="财政局第一支部").wait_for()
    tree.get_by_role("searchbox").fill("rsj")
    expect(tree.get_by_role("link")).to_have_text(["人社局第一支部"])
    tree.get_by_role("link", name="人社局第一支部").click()
    expect(desk.locator("table.grid tbody tr")).to_have_count(1)
    assert desk.errors == []


def test_jobs_page_follows_its_job_to_the_end(desk, sign_in, account):
    go_on = threading.Event()

    def runner(handle):
        handle.progress(3, 10)
        go_on.wait(60)
        handle.progress(10, 10, failed=1)
        handle.report({"counts": [["新增", 9]]})

    jobs.register("test.kind", runner)
    job = jobs.start_job("test.kind", title="导入组织架构", actor=account)
    sign_in(desk, account)
    desk.goto(f"/jobs/{job.uuid}/")
    desk.get_by_text("正在排队").wait_for()
    worker = threading.Thread(target=in_thread, args=(job.pk,))
    worker.start()
    desk.get_by_text("已处理 3 / 10").wait_for()
    go_on.set()
    desk.get_by_text("已完成", exact=True).wait_for()
    desk.get_by_text("新增").wait_for()
    worker.join(60)
    assert desk.errors == []


def in_thread(job_id):
    try:
        jobs.run(job_id)
    finally:
        connection.close()
