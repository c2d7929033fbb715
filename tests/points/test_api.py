"""The points part of the API: shapes, reasons, scopes."""

import pytest
from django.utils import timezone

from points.actions import award
from points.periods import label, year_code
from points.subjects import member

pytestmark = pytest.mark.django_db


@pytest.mark.promise("F01", "F48")
def test_my_points_show_what_was_paid_and_why_not(earned, api, today):
    answer = api(earned.people[1]).get("/api/v1/me/points/").json()
    rows = {row["kind"]: row for row in answer["results"]}
    assert (rows["entry"]["points"], rows["entry"]["reason"]) == ("5", "")
    assert (rows["refusal"]["points"], rows["refusal"]["reason"]) == (
        "0",
        "本月已积分（每月计 1 次），本次积 0 分",
    )
    assert rows["entry"]["rule"] == {"code": "meeting.group", "name": "参加党小组会"}
    assert (answer["next"], answer["previous"]) == (None, None)


def test_feed_pages_by_cursor_without_gap_or_repeat(place, api, today):
    for number in range(25):
        award(
            "article.read",
            [member(place.people[0])],
            source_key=f"a{number}",
            acted_on=today,
            title=f"文章{number}",
            actor=None,
        )
        award(
            "honour.city",
            [member(place.people[0])],
            source_key=f"h{number}",
            acted_on=today,
            title=f"荣誉{number}",
            actor=None,
        )
    client, url, seen = api(place.people[0]), f"/api/v1/me/points/?year={today.year}", []
    while url:
        answer = client.get(url).json()
        seen += [(row["kind"], row["id"]) for row in answer["results"]]
        url = answer["next"]
    assert len(seen) == len(set(seen)) == 25 + 2 + 1


@pytest.mark.promise("F03")
def test_summary(earned, api, today):
    answer = api(earned.people[0]).get("/api/v1/me/points/summary/").json()
    assert answer == {
        "year": today.year,
        "total": "1",
        "month": "1",
        "quarter": "1",
        "months": [{"month": today.month, "points": "1"}],
        "notice": "积分仅供参考，不作为评先评优和考核的依据。",
    }


@pytest.mark.promise("F04")
def test_rules_come_from_the_rows_that_score(place, api):
    rules = {row["code"]: row for row in api(place.people[0]).get("/api/v1/points/rules/").json()}
    assert len(rules) == 40
    assert rules["meeting.congress"] == {
        "code": "meeting.congress",
        "name": "参加支部党员大会",
        "subject": "member",
        "score_text": "+5",
        "cap_text": "每季度计 1 次，每年最多 20 分；按时签到",
        "who": "党员",
        "open": True,
    }
    assert not rules["login.daily"]["open"] and not rules["dues.month"]["open"]
    paying = [row["open"] for row in rules.values() if row["subject"] == "member"]
    assert paying == sorted(paying, reverse=True)  # those that pay stand first
    assert rules["quiz.practice"]["score_text"] == "60 分起 +0.5，80 分起 +1，90 分起 +1.5"
    assert rules["branch.life"]["subject"] == "organization"


@pytest.mark.promise("F04")
def test_total_of_an_organisation(earned, api, today):
    answer = api(earned.people[0]).get(f"/api/v1/organizations/{earned.branch.uuid}/total/").json()
    del answer["computed_at"]
    assert answer == {
        "organization": {"id": str(earned.branch.uuid), "name": "第一支部"},
        "period_label": label(year_code(today)),
        "own": "5.00",
        "inner_label": "党员积分合计",
        "inner_sum": "6.00",
        "inner_count": 3,
        "quotient": "2.00",
        "total": "7.00",
        "formula_text": "支部积分 5.00 + 党员积分合计 6.00 ÷ 计入党员 3 = 支部总积分 7.00",
    }


@pytest.mark.promise("F03")
def test_rankings_and_their_switch(earned, api):
    client = api(earned.people[0])
    answer = client.get("/api/v1/rankings/organizations/").json()
    assert [(row["rank"], row["name"], row["points"]) for row in answer["results"]] == [
        (1, "第一支部", "7.00"),
        (2, "第二支部", "0.00"),
    ]
    year = f"{timezone.localdate().year}年"
    assert (answer["period_label"], answer["scope_name"]) == (year, earned.committee.name)
    assert [row["mine"] for row in answer["results"]] == [True, False]
    above = client.get("/api/v1/rankings/organizations/?nature=committee").json()["results"]
    assert {row["name"]: row["mine"] for row in above} == {earned.committee.name: True}
    answer = client.get("/api/v1/rankings/members/").json()
    assert (answer["period_label"], answer["scope_name"]) == (year, earned.branch.name)
    members = answer["results"]
    assert [row["name"] for row in members if row["mine"]] == [earned.people[0].name]
    assert [(row["rank"], row["name"], row["points"]) for row in members] == [
        (1, "李二", "5"),
        (2, "张一", "1"),
        (3, "王三", "0"),
    ]
    type(earned.committee).objects.filter(pk=earned.committee.pk).update(rankings_shown=False)
    for which in ("organizations", "members"):
        answer = client.get(f"/api/v1/rankings/{which}/").json()
        assert (answer["shown"], answer["results"]) == (False, [])
        assert "关闭积分排行" in answer["notice"] and answer["scope_name"]


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("me/points/?year=abc", "year_invalid"),
        ("me/points/?cursor=%%%", "cursor_invalid"),
        ("me/points/summary/?year=99999", "year_invalid"),
        pytest.param(f"me/points/?year={'9' * 5000}", "year_invalid", id="a year of 5,000 digits"),
        ("rankings/members/?period=202699", "period_invalid"),
        ("rankings/organizations/?scope=1", "scope_invalid"),
    ],
)
def test_bad_input_has_its_sentence(place, api, address, code):
    answer = api(place.people[0]).get(f"/api/v1/{address}")
    assert (answer.status_code, answer.json()["code"]) == (400, code)
