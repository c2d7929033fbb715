"""Who is stopped, has left or has died: no posts; who left or died has no account either (decision 28)."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.models import DeviceToken
from members.actions.codes import new_code
from members.actions.copying import NewMember, copy_members
from members.actions.posts import assign_post
from members.actions.records import edit_member, restore_member
from members.actions.slips import issue_slips
from members.models import Member, MemberPost, Post, ResetCode
from members.models.reset_code import ResetChannel
from members.validators import check_record
from sanjin.common.errors import RuleError
from sanjin.common.models import AuditEntry
from tests.factories import PASSWORD, hashed, signed_in

from . import factories

ENDED = ["left", "deceased"]
OUT = ["suspended", *ENDED]
pytestmark = pytest.mark.django_db


@pytest.fixture
def secretary(tree):
    """A member of the own branch who is its 书记 and can log in."""
    row = factories.member(tree.own, login=True)
    row.account.password = hashed()
    row.account.save()
    post, _ = Post.objects.get_or_create(nature="branch", name="书记", defaults={"exclusive": True})
    MemberPost.objects.create(
        member=row, post=post, organization=tree.own, exclusive=True, since=date(2024, 1, 1)
    )
    return row


def edit(member, actor, state, **changes):
    raw = {"name": member.name, "kind": "full", "joined_on": date(2012, 7, 1), "full_on": date(2013, 7, 1)}
    raw |= {"id_number": member.id_number, "phone": member.phone, "state": state}
    record, problems, _ = check_record(raw | changes, today=timezone.localdate())
    assert not problems
    return edit_member(member, record, actor=actor)


def phone_of(member) -> APIClient:
    client = APIClient()
    _, token = DeviceToken.objects.create(user=member.account, device="d" * 32)
    client.credentials(HTTP_AUTHORIZATION=f"Token {token}")
    return client


def log_in(member):
    body = {"account": member.phone, "password": PASSWORD, "device": "e" * 32}
    return APIClient().post("/api/v1/auth/login/", body, format="json")


@pytest.mark.parametrize("state", OUT)
def test_leaving_normal_standing_ends_the_posts_and_coming_back_gives_none(keeper, secretary, state):
    edit(secretary, keeper, state)
    held = MemberPost.objects.get(member=secretary)
    assert held.until == timezone.localdate()
    entry = AuditEntry.objects.filter(verb="member.edited").latest("id")
    assert entry.data["posts_ended"] == ["第一支部书记"]
    edit(Member.objects.get(pk=secretary.pk), keeper, "normal")
    assert not MemberPost.objects.open().filter(member=secretary).exists()


@pytest.mark.parametrize("state", ENDED)
def test_who_left_or_died_is_signed_out_and_cannot_log_in(keeper, secretary, state):
    client = phone_of(secretary)
    new_code(secretary, ResetChannel.SLIP)
    edit(secretary, keeper, state)
    assert client.get("/api/v1/me/").status_code == 401
    assert not ResetCode.objects.exists()
    answer = log_in(secretary)
    assert (answer.status_code, answer.json()["code"]) == (403, "membership_ended")
    assert "本支部管理员" in answer.json()["detail"]
    assert not DeviceToken.objects.exists()


@pytest.mark.parametrize("state", ENDED)
def test_a_token_opens_nothing_for_who_left_or_died(secretary, state):
    client = phone_of(secretary)
    Member.objects.filter(pk=secretary.pk).update(state=state)
    for path in ("me/", "branch/members/", "meetings/", "me/points/", "rankings/members/"):
        assert client.get(f"/api/v1/{path}").status_code in (401, 403), path


def test_who_is_stopped_sees_the_own_record_but_not_the_branch(tree, keeper, secretary):
    other = factories.member(tree.own, "王二")
    edit(secretary, keeper, "suspended")
    assert log_in(secretary).status_code == 200
    client = phone_of(secretary)
    me = client.get("/api/v1/me/").json()
    assert (me["name"], me["posts"], me["may_call_meetings"]) == (secretary.name, [], False)
    shown = [row["id"] for row in client.get("/api/v1/branch/members/").json()["results"]]
    assert shown == [str(secretary.uuid)] and str(other.uuid) not in shown
    assert client.get("/api/v1/me/points/").status_code == 200
    assert client.get("/api/v1/rankings/members/").json()["results"] == []


@pytest.mark.parametrize("state", ENDED)
def test_no_slip_and_no_first_password_for_who_left_or_died(tree, keeper, state):
    """Also for a row that an import brought in with this 党籍状态 (F31, F32)."""
    record = factories.record("赵四", state=state)
    copy_members([NewMember(tree.own.pk, record, record.phone)])
    row = Member.objects.get(name="赵四")
    with pytest.raises(RuleError) as refused:
        issue_slips([row], actor=keeper)
    assert refused.value.code == "membership_ended"
    code, _ = new_code(row, ResetChannel.SMS)
    body = {"account": record.phone, "code": code, "password": "New-horse8", "device": "e" * 32}
    answer = APIClient().post("/api/v1/auth/password/reset/", body, format="json")
    assert (answer.status_code, answer.json()["code"]) == (403, "membership_ended")
    row.refresh_from_db()
    assert row.account is None


def test_back_from_the_bin_with_the_state_it_had(keeper, secretary):
    edit(secretary, keeper, "left")
    Member.objects.filter(pk=secretary.pk).update(state="recycled", recycled_from="left")
    restore_member(Member.objects.get(pk=secretary.pk), actor=keeper)
    assert log_in(secretary).json()["code"] == "membership_ended"


def test_a_post_cannot_begin_tomorrow(tree, keeper, client):
    row, tomorrow = factories.member(tree.own), timezone.localdate() + timedelta(days=1)
    post, _ = Post.objects.get_or_create(nature="branch", name="书记", defaults={"exclusive": True})
    with pytest.raises(RuleError) as refused:
        assign_post(row, post, actor=keeper, organization=tree.own, since=tomorrow)
    assert (refused.value.code, refused.value.field) == ("since_in_future", "since")
    page = signed_in(client, keeper).post(
        reverse("members:assign", args=[row.uuid]), {"post": post.pk, "since": tomorrow.isoformat()}
    )
    assert page.status_code == 422 and "任职日期在今天以后" in page.content.decode()
    assert not MemberPost.objects.exists()


def test_a_post_of_later_gives_nothing_today(tree):
    row = factories.member(tree.own, login=True)
    post, _ = Post.objects.get_or_create(nature="branch", name="书记", defaults={"exclusive": True})
    MemberPost.objects.create(
        member=row, post=post, organization=tree.own, exclusive=True, since=date(2099, 1, 1)
    )
    me = phone_of(row).get("/api/v1/me/").json()
    assert (me["posts"], me["may_call_meetings"]) == ([], False)
