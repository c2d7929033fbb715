"""The home page's figures: each with the way to the list behind it, or to what fills it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from meetings.models import Meeting
from organizations.models import Organization
from points.models import Rollup
from points.periods import year_code
from sanjin.common import todo
from tests.factories import admin, member, organization, signed_in
from tests.meetings.factories import meeting_in
from workbench.queries import MeetingFigures, MemberFigures, branch_figures, meeting_figures
from workbench.views import branches_card, meetings_card, members_card, total_card

pytestmark = pytest.mark.django_db


def test_a_new_committee_is_shown_the_way_to_its_first_branches(client):
    committee = organization("街道党工委", below=organization("省委"))
    client = signed_in(client, admin(committee))
    page = client.get("/figures/").content.decode()
    assert reverse("organizations:import") in page and "还没有下级支部" in page
    assert reverse("points:organization", args=[committee.uuid]) in page


@pytest.mark.promise("F38", "F40")
def test_branches_that_have_not_settled_open_into_the_list_of_exactly_those(client):
    committee = organization("街道党工委", below=organization("省委"))
    general = organization("社区党总支", below=committee, nature="general_branch")
    bare, issued, settled, closed = (
        organization(f"第{n}支部", below=general, nature="branch") for n in "一二三四"
    )
    admin(issued, state="issued")
    admin(settled)
    Organization.objects.filter(pk=closed.pk).update(state="dissolved")
    account = admin(committee)
    card = branches_card(branch_figures(account))
    assert (card["value"], card["unit"]) == ("3", "入驻 1 · 待激活 1 · 没有账号 1")
    assert card["note"] == "2 个支部还没有入驻"
    client = signed_in(client, account)
    listed = {"none": {bare}, "waiting": {issued}, "unsettled": {bare, issued}, "settled": {settled}}
    assert card["href"].endswith("?nature=branch&admin=unsettled")
    for state, rows in listed.items():
        page = client.get(reverse("organizations:list"), {"nature": "branch", "admin": state})
        assert set(page.context["listing"].queryset) == rows
    admin(bare)
    issued.accounts.update(activated_at=timezone.now())
    card = branches_card(branch_figures(account))
    assert card["note"] == "账号全部激活" and card["href"].endswith("?nature=branch")


def test_a_branch_sees_its_members_its_meetings_and_its_total(client):
    branch = organization("第一支部", below=organization("省委"), nature="branch")
    member(branch)
    client = signed_in(client, admin(branch))
    page = client.get("/figures/").content.decode()
    assert "党支部<" not in page and "本月已开会议" in page and "支部总积分" in page


@pytest.mark.promise("F38")
def test_each_number_of_meetings_opens_into_the_list_that_it_counts(client):
    branch = organization("第一支部", below=organization("省委"), nature="branch")
    account, keeper = admin(branch), member(branch)
    member(branch, "李二")
    now = timezone.localtime()
    held = {meeting_in("closed", account, [keeper]) for _ in range(2)}
    before = meeting_in("closed", account, [keeper])
    month = now.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    Meeting.objects.update(ends_at=now)  # in the first hours of a month they would have ended before it began
    Meeting.objects.filter(pk__in=[row.pk for row in held]).update(starts_at=month)
    Meeting.objects.filter(pk=before.pk).update(starts_at=month - timedelta(seconds=1))
    late = {meeting_in("awaiting_minutes", account, [keeper])}
    meeting_in("running", account, [keeper])
    meeting_in("scheduled", account, [keeper])
    figures = meeting_figures(account, now)
    assert figures == MeetingFigures(held=2, running=1, late=1)
    card = meetings_card(figures, now.date())
    client = signed_in(client, account)
    for address, rows in ((card["href"], held), (card["note_href"], late)):
        assert set(client.get(address).context["listing"].queryset) == rows
    page = client.get("/figures/").content.decode()
    assert all(escape(card[link]) in page for link in ("href", "note_href"))


def test_late_minutes_lead_to_their_list():
    today = timezone.localdate()
    card = meetings_card(MeetingFigures(held=1_204, running=2, late=3), today)
    assert (card["value"], card["note"], card["tone"]) == ("1,204", "3 场待交纪要", "warn")
    assert card["note_href"].endswith("?phase=awaiting_minutes")
    card = meetings_card(MeetingFigures(1, 0, 0), today)
    assert (card["note"], card["note_href"]) == ("纪要全部提交", "")


def test_the_figures_of_meetings_read_no_more_than_they_count(django_assert_num_queries):
    """Three thousand meetings of past years stay where they are."""
    account, now = admin(organization("省委")), timezone.now()
    past = {"organization": account.organization, "kind": "lecture", "place": "会议室", "called_by": account}
    past |= {"state": "closed", "published_at": now, "closed_at": now}
    Meeting.objects.bulk_create(
        Meeting(title=f"党课{n}", starts_at=now - timedelta(n + 32), ends_at=now - timedelta(n + 31), **past)
        for n in range(3000)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE meetings_meeting")
        with django_assert_num_queries(1) as asked:
            assert meeting_figures(account, timezone.localtime()) == MeetingFigures(0, 0, 0)
        cursor.execute(f"EXPLAIN {asked[0]['sql']}")
        plan = str(cursor.fetchall())
    assert "meeting_recent" in plan and "Seq Scan" not in plan


def test_what_waits_is_gathered_once_for_the_page_and_its_bell(client, monkeypatch):
    asked = []
    monkeypatch.setattr(todo, "_providers", [lambda account: asked.append(account) or []])
    client = signed_in(client, admin(organization("省委")))
    for address in ("workbench:home", "workbench:todo"):
        asked.clear()
        assert client.get(reverse(address)).status_code == 200
        assert len(asked) == 1


def test_without_members_the_figure_leads_to_the_import():
    assert members_card(MemberFigures(0, 0, 0))["href"] == reverse("members:import")
    assert members_card(MemberFigures(1, 0, 0))["href"] == reverse("members:list")
    nobody_could_be_in = members_card(MemberFigures(0, 0, 0), can_import=False)
    assert (nobody_could_be_in["href"], nobody_could_be_in["note"]) == (reverse("members:list"), "查看名单")


def test_the_total_is_the_stored_one_of_this_year():
    branch = organization("第二支部", below=organization("省委"), nature="branch")
    today = timezone.localdate()
    Rollup.objects.update_or_create(
        organization=branch,
        period=year_code(today),
        defaults={"own": 5, "inner_sum": 9, "inner_count": 3, "total": 8, "computed_at": timezone.now()},
    )
    assert total_card(branch, today)["value"] == "8.00"
