"""me/, branch/members/ and messages/: what a member sees, and nothing of anybody else's."""

from datetime import date

import pytest
from rest_framework.test import APIClient

from accounts.models import DeviceToken
from members.actions.messages import send
from members.enums import MessageKind
from members.models import MemberPost, Message, Post

from . import factories

pytestmark = pytest.mark.django_db


def client_of(member) -> APIClient:
    _, token = DeviceToken.objects.create(user=member.account, device=f"device-{DeviceToken.objects.count()}")
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Token {token}")
    return client


def give_post(member, name="书记"):
    post = Post.objects.get(nature="branch", name=name)
    return MemberPost.objects.create(
        member=member,
        post=post,
        organization=member.organization,
        exclusive=post.exclusive,
        since=date(2020, 1, 1),
    )


def test_me_shows_the_own_record_with_masked_numbers(tree):
    member = factories.member(tree.own, login=True)
    give_post(member)
    answer = client_of(member).get("/api/v1/me/").json()
    assert answer["phone"] == f"{member.phone[:3]}****{member.phone[-4:]}"
    assert member.id_number not in str(answer)
    assert (answer["organization"]["name"], answer["superior"]) == ("第一支部", {"name": "太原市委"})
    assert (answer["posts"], answer["may_call_meetings"]) == (["书记"], True)
    assert (answer["complete"], answer["missing"]) == (False, ["照片", "履职承诺"])


def test_a_post_that_ended_calls_no_meetings(tree):
    member = factories.member(tree.own, login=True)
    held = give_post(member)
    held.until = date(2021, 1, 1)
    held.save()
    answer = client_of(member).get("/api/v1/me/").json()
    assert (answer["posts"], answer["may_call_meetings"]) == ([], False)


@pytest.mark.parametrize("others", [1, 3])
def test_branch_members_are_the_own_branchs_without_numbers(tree, others, django_assert_num_queries):
    member = factories.member(tree.own, "李红梅", login=True)
    for _ in range(others):
        give_post(factories.member(tree.own), "委员")
    factories.member(tree.own, state="recycled")
    factories.member(tree.sibling, "王芳")
    client = client_of(member)
    with django_assert_num_queries(3):  # token with member and branch, rows, posts
        answer = client.get("/api/v1/branch/members/").json()
    assert [row["name"] for row in answer["results"]] == ["李红梅"] + ["张建国"] * others
    assert set(answer["results"][0]) == {"id", "name", "pinyin", "posts", "kind_label"}
    assert answer["results"][0]["pinyin"] == ["lihongmei", "lhm"]


def test_a_message_is_sent_once_a_key(tree):
    member, other = factories.member(tree.own), factories.member(tree.own)
    for _ in range(2):
        send(
            [member, other.pk],
            kind=MessageKind.MEETING,
            title="支部党员大会",
            key="meeting-1",
            link="/meetings/1",
        )
    assert Message.objects.count() == 2


def test_inbox_is_the_recipients_alone_and_reading_keeps_the_first_time(tree):
    member, other = factories.member(tree.own, login=True), factories.member(tree.own, login=True)
    send([member], kind=MessageKind.MEETING, title="支部党员大会", key="k")
    client = client_of(member)
    (row,) = client.get("/api/v1/messages/").json()["results"]
    assert (row["title"], row["read_at"]) == ("支部党员大会", None)
    assert client.get("/api/v1/me/").json()["unread_messages"] == 1
    url = f"/api/v1/messages/{row['id']}/read/"
    assert client_of(other).post(url).status_code == 404
    first = client.post(url).json()["read_at"]
    assert client.post(url).json()["read_at"] == first
    assert client.get("/api/v1/me/").json()["unread_messages"] == 0
    assert client_of(other).get("/api/v1/messages/").json()["results"] == []


def test_a_recycled_member_is_out(tree, keeper):
    from members.actions.records import recycle_member  # noqa: PLC0415  only this test needs it

    member = factories.member(tree.own, login=True)
    client = client_of(member)
    recycle_member(member, actor=keeper, reason="重复录入")
    assert client.get("/api/v1/me/").status_code == 401


def test_an_admin_has_no_api(tree, keeper):
    _, token = DeviceToken.objects.create(user=keeper)
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Token {token}")
    assert client.get("/api/v1/me/").status_code == 403


def test_me_names_the_documents_to_agree_to_until_they_are_agreed(tree):
    """A page closed before agreeing asks again when it opens: the privacy notice first."""
    client = client_of(factories.member(tree.own, login=True))
    due = [document["id"] for document in client.get("/api/v1/me/").json()["consents_due"]]
    assert due[0].startswith("privacy-")
    for document in due:
        assert client.post("/api/v1/consents/", {"document": document}, format="json").status_code < 300
    assert client.get("/api/v1/me/").json()["consents_due"] == []
