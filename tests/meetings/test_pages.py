"""The back office's pages: one thin test each, who may open them, and a constant number of queries."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from meetings import codes
from meetings.actions import cancel_meeting, check_in, file_minutes
from meetings.models import Meeting
from meetings.queries.people import counts
from meetings.queries.progress import cut_off
from members.enums import MemberState
from members.models import Member
from sanjin.common.formats import minute, moment
from tests.factories import signed_in as sign_in

from . import factories as make


def signed_in(account) -> Client:
    return sign_in(Client(), account)


def text_of(response) -> str:
    return response.content.decode()


def without_phone(person: Member) -> None:
    person.phone = None
    person.save()


@pytest.fixture
def running(house):
    return make.meeting_in("running", house.admin, [house.organiser], house.members[:2])


def shown(client: Client, url: str) -> dict[str, str]:
    """What an edit page carries: which list, and which meeting, it was made from."""
    form = client.get(url).context["form"]
    return {name: form[name].value() for name in ("listed", "read")}


def form_of(house, **changes) -> dict:
    start = timezone.localtime() + timezone.timedelta(days=1)
    body = {
        "kind": "lecture",
        "title": "第四季度党课",
        "place": "三楼会议室",
        "starts_at": start.strftime("%Y-%m-%dT%H:%M"),
        "ends_at": (start + timezone.timedelta(hours=2)).strftime("%Y-%m-%dT%H:%M"),
        "organisers": [str(house.organiser.uuid)],
        "audience": "all",
    }
    return body | changes


@pytest.mark.promise("F47")
def test_called_in_the_back_office(house):
    client = signed_in(house.admin)
    assert client.get(reverse("meetings:call")).status_code == 200
    response = client.post(reverse("meetings:call"), form_of(house))
    meeting = Meeting.objects.get()
    assert response["Location"] == reverse("meetings:detail", args=[meeting.uuid])
    assert (meeting.phase, meeting.participants.count()) == ("scheduled", 4)


def test_draft_is_saved_and_published(house):
    client = signed_in(house.admin)
    client.post(reverse("meetings:call"), form_of(house, draft="1"))
    meeting = Meeting.objects.get()
    assert meeting.phase == "draft"
    client.post(reverse("meetings:publish", args=[meeting.uuid]))
    assert Meeting.objects.get().phase == "scheduled"


@pytest.mark.promise("F45")
def test_all_errors_stand_beside_their_fields_at_once(house):
    everyone = [str(m.uuid) for m in (house.organiser, *house.members)]
    body = form_of(house, organisers=everyone, place="")
    body["ends_at"] = body["starts_at"]
    response = signed_in(house.admin).post(reverse("meetings:call"), body)
    assert response.status_code == 422
    assert set(response.context["form"].errors) == {"place", "ends_at", "organisers"}
    assert "结束时间不晚于开始时间" in text_of(response) and "全部是组织者" in text_of(response)
    assert "第四季度党课" in text_of(response)
    assert not Meeting.objects.exists()


@pytest.mark.promise("F45")
def test_branch_of_one_is_told_before_typing(house):
    text = text_of(signed_in(house.sibling_admin).get(reverse("meetings:call")))
    assert "本支部现在不能单独召开会议" in text and "联合主办" in text


@pytest.mark.promise("F45")
def test_checks_are_shown_while_typing_and_save_nothing(house):
    everyone = [str(m.uuid) for m in (house.organiser, *house.members)]
    body = form_of(house, organisers=everyone, check="1", title="")
    response = signed_in(house.admin).post(reverse("meetings:call"), body, headers={"HX-Request": "true"})
    assert response.status_code == 200
    assert "全部是组织者" in text_of(response) and "<html" not in text_of(response)
    assert not Meeting.objects.exists()


@pytest.mark.promise("F45")
def test_superior_calls_jointly_in_the_back_office(house):
    body = form_of(house, joint_hosts=[str(house.branch.uuid), str(house.sibling.uuid)])
    response = signed_in(house.committee_admin).post(reverse("meetings:call"), body)
    assert response.status_code == 302
    assert Meeting.objects.get().participants.count() == 5


@pytest.mark.parametrize(
    "changes",
    [
        {"organisers": ["x"]},
        {"organisers": ["00000000-0000-4000-8000-000000000000"]},
        {"participants": ["' OR 1=1 --"], "audience": "chosen"},
        {"starts_at": "0001-01-01T00:00"},
        {"ends_at": "9999-12-31T23:59"},
        {"kind": "party"},
        {"title": "x" * 81},
        {"title": "a\x00b"},
    ],
)
def test_hostile_form_is_422(house, changes):
    response = signed_in(house.admin).post(reverse("meetings:call"), form_of(house, **changes))
    assert response.status_code == 422
    assert not Meeting.objects.exists()


def test_member_of_another_branch_is_no_choice(house):
    body = form_of(house, audience="chosen", participants=[str(house.stranger.uuid)])
    response = signed_in(house.admin).post(reverse("meetings:call"), body)
    assert (response.status_code, set(response.context["form"].errors)) == (422, {"participants"})


@pytest.mark.promise("F49")
def test_late_minutes_stand_on_top_for_branch_and_superior(house, running):
    late = make.meeting_in("awaiting_minutes", house.admin, [house.organiser])
    for account in (house.admin, house.committee_admin, house.root_admin):
        response = signed_in(account).get(reverse("meetings:list"))
        assert response.context["due"] == [late]
        assert {row for row, _ in response.context["listing"].rows} == {late, running}
    assert signed_in(house.sibling_admin).get(reverse("meetings:list")).context["due"] == []


def test_list_filters(house, running):
    scheduled = make.meeting_in(
        "scheduled", house.admin, [house.organiser], kind="congress", title="换届选举"
    )
    client, url = signed_in(house.committee_admin), reverse("meetings:list")

    def found(**query):
        return {row for row, _ in client.get(url, query).context["listing"].rows}

    assert found(phase="running") == {running}
    assert found(kind="congress") == {scheduled}
    assert found(title="换届") == {scheduled}
    assert found(organization=house.branch.uuid) == {running, scheduled}
    assert found(organization=house.sibling.uuid) == set()
    assert found(since=timezone.localdate(scheduled.starts_at)) == {scheduled}
    assert found(phase="nonsense") == set()


def test_days_of_the_list_are_local_ones_and_the_index_knows_them(house):
    day = timezone.localdate() + timezone.timedelta(days=3)
    midnight = timezone.make_aware(timezone.datetime.combine(day, timezone.datetime.min.time()))
    seconds = [-1, 0, 86_399, 86_400]
    before, first, last, after = (
        make.meeting(house.admin, [house.organiser], starts_at=midnight + timezone.timedelta(seconds=s))
        for s in seconds
    )
    client, url = signed_in(house.admin), reverse("meetings:list")

    def found(**query):
        return {row for row, _ in client.get(url, query).context["listing"].rows}

    with CaptureQueriesContext(connection) as captured:
        assert found(since=day, until=day) == {first, last}
    assert not [query for query in captured if "AT TIME ZONE" in query["sql"]]
    assert found(since=day) == {first, last, after}
    assert found(until=day) == {before, first, last}
    assert found(since="0001-01-01", until="9999-12-31") == {before, first, last, after}
    assert found(since="9999-12-31") == found(until="0001-01-01") == set()


@pytest.mark.parametrize("page", ["list", "detail"])
def test_pages_take_the_same_queries_for_one_and_three_rows(house, page):
    counted = []
    for people in (1, 3):
        meeting = make.meeting_in("awaiting_minutes", house.admin, [house.organiser], house.members[:people])
        url = reverse("meetings:list") if page == "list" else reverse("meetings:detail", args=[meeting.uuid])
        client = signed_in(house.admin)
        client.get(url)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url).status_code == 200
        counted.append(len(captured))
        make.meeting_in("awaiting_minutes", house.admin, [house.organiser])
    assert counted[0] == counted[1] <= 20


def test_detail_asks_the_history_of_phones_once(house, running):
    client, url, counted = signed_in(house.admin), reverse("meetings:detail", args=[running.uuid]), []
    for person in house.members[:2]:
        without_phone(person)
        with CaptureQueriesContext(connection) as captured:
            client.get(url)
        counted.append(len(captured))
    assert counted[0] == counted[1]


@pytest.mark.promise("F47")
@pytest.mark.parametrize(
    ("phase", "buttons", "sentence"),
    [
        ("draft", {"发布并通知", "修改", "取消会议"}, "尚未发布"),
        ("scheduled", {"签到码", "修改", "取消会议"}, "起可以签到"),
        ("running", {"签到码", "修改", "提交纪要", "取消会议"}, "参会人员扫码签到"),
        ("awaiting_minutes", {"签到码", "修改", "提交纪要", "取消会议"}, "等待组织者提交纪要"),
        ("closed", set(), "会议已结束"),
        ("cancelled", set(), "会议已取消"),
    ],
)
def test_detail_shows_where_it_stands_and_what_is_next(house, phase, buttons, sentence):
    meeting = make.meeting_in(phase, house.admin, [house.organiser])
    text = text_of(signed_in(house.admin).get(reverse("meetings:detail", args=[meeting.uuid])))
    known = {"发布并通知", "修改", "签到码", "提交纪要", "取消会议"}
    assert sentence in text
    shown = {word for word in known if f"</svg>{word}<" in text or f">{word}</a>" in text}
    assert shown == buttons


def test_minutes_are_not_offered_before_the_start(house):
    """Check-in is open, but filing would be refused."""
    start = timezone.now() + timezone.timedelta(minutes=10)
    meeting = make.meeting(house.admin, [house.organiser], starts_at=start)
    text = text_of(signed_in(house.admin).get(reverse("meetings:detail", args=[meeting.uuid])))
    assert meeting.phase == "running"
    assert reverse("meetings:minutes", args=[meeting.uuid]) not in text


def test_superior_reads_and_can_not_change(house, running):
    client = signed_in(house.committee_admin)
    text = text_of(client.get(reverse("meetings:detail", args=[running.uuid])))
    assert "提交纪要</a>" not in text and "取消会议</a>" not in text
    for page in ("edit", "cancel", "code", "minutes", "add-people"):
        assert client.get(reverse(f"meetings:{page}", args=[running.uuid])).status_code == 403


def test_other_branch_finds_nothing(house, running):
    client = signed_in(house.sibling_admin)
    for page in ("detail", "edit", "cancel", "code", "minutes", "add-people", "attendance", "versions"):
        assert client.get(reverse(f"meetings:{page}", args=[running.uuid])).status_code == 404
    assert client.post(reverse("meetings:publish", args=[running.uuid])).status_code == 404


def test_edit_keeps_people_and_changes_place(house):
    meeting = make.meeting(house.admin, [house.organiser], house.members[:2])
    client, url = signed_in(house.admin), reverse("meetings:edit", args=[meeting.uuid])
    form = client.get(url).context["form"]
    assert form.initial["organisers"] == [house.organiser.uuid]
    body = form_of(
        house,
        title=meeting.title,
        audience="chosen",
        participants=[str(m.uuid) for m in house.members[:2]],
        starts_at=timezone.localtime(meeting.starts_at).strftime("%Y-%m-%dT%H:%M"),
        place="礼堂",
    )
    assert client.post(url, body).status_code == 422
    assert client.post(url, body | shown(client, url)).status_code == 302
    meeting.refresh_from_db()
    assert (meeting.place, meeting.participants.count()) == ("礼堂", 3)


def test_edit_form_that_was_overtaken_is_refused_and_drops_nobody(house):
    meeting = make.meeting(house.admin, [house.organiser], house.members[:1])
    client, url = signed_in(house.admin), reverse("meetings:edit", args=[meeting.uuid])
    people = [str(house.members[0].uuid)]
    body = form_of(house, audience="chosen", participants=people) | shown(client, url)
    client.post(reverse("meetings:add-one", args=[meeting.uuid, house.members[1].uuid]))
    response = client.post(url, body)
    assert response.status_code == 422
    assert response.context["rule_error"].code == "people_changed"
    assert meeting.participants.count() == 3


def test_of_two_windows_the_later_one_is_told_and_overwrites_nothing(house):
    meeting = make.meeting(house.admin, [house.organiser], house.members[:1])
    client, url = signed_in(house.admin), reverse("meetings:edit", args=[meeting.uuid])
    people = [str(house.members[0].uuid)]
    body = form_of(house, audience="chosen", participants=people) | shown(client, url)
    assert client.post(url, body | {"place": "礼堂"}).status_code == 302
    response = client.post(url, body | {"title": "另一个主题"})
    assert response.status_code == 422
    assert response.context["rule_error"].code == "meeting_changed"
    meeting.refresh_from_db()
    assert (meeting.place, meeting.title) == ("礼堂", body["title"])


def test_running_meeting_changes_only_its_words(house, running):
    client, url = signed_in(house.admin), reverse("meetings:edit", args=[running.uuid])
    assert client.get(url).context["form"].fields["starts_at"].disabled
    ends = timezone.localtime(running.ends_at).strftime("%Y-%m-%dT%H:%M")
    body = {"title": "新的主题", "place": "礼堂", "ends_at": ends, "agenda": ""}
    response = client.post(url, body | shown(client, url))
    assert response.status_code == 302, response.context["form"].errors
    assert response.status_code == 302
    running.refresh_from_db()
    assert (running.title, running.participants.count()) == ("新的主题", 3)


@pytest.mark.parametrize(("asked", "audience"), [("everybody", "all"), ("some", "chosen")])
def test_the_edit_page_shows_who_was_asked(house, asked, audience):
    people = house.members if asked == "everybody" else house.members[:1]
    meeting = make.meeting(house.admin, [house.organiser], people)
    form = signed_in(house.admin).get(reverse("meetings:edit", args=[meeting.uuid])).context["form"]
    assert form.initial["audience"] == audience


def test_everybody_of_a_running_meeting_are_those_who_were_asked(house):
    """Whoever joins the branch meanwhile is no change of its list, and the closed field says why it is closed."""
    meeting = make.meeting_in("running", house.admin, [house.organiser], house.members)
    client, url = signed_in(house.admin), reverse("meetings:edit", args=[meeting.uuid])
    page = client.get(url)
    assert page.context["form"].initial["audience"] == "all" and "签到已经开始" in text_of(page)
    make.member(house.branch)
    ends = timezone.localtime(meeting.ends_at).strftime("%Y-%m-%dT%H:%M")
    answer = client.post(url, {"title": meeting.title, "place": "礼堂", "ends_at": ends} | shown(client, url))
    assert answer.status_code == 302, answer.context["form"].errors
    assert meeting.participants.count() == 4


@pytest.mark.parametrize("state", [MemberState.RECYCLED, MemberState.LEFT])
def test_who_has_left_since_keeps_nobody_from_changing_the_words(house, running, state):
    Member.objects.filter(pk=house.members[0].pk).update(state=state)
    client, url = signed_in(house.admin), reverse("meetings:edit", args=[running.uuid])
    ends = timezone.localtime(running.ends_at).strftime("%Y-%m-%dT%H:%M")
    body = {"title": running.title, "place": "礼堂", "ends_at": ends, "agenda": ""}
    response = client.post(url, body | shown(client, url))
    assert response.status_code == 302, response.context["form"].errors
    running.refresh_from_db()
    assert (running.place, running.participants.count()) == ("礼堂", 3)


def test_before_the_start_who_has_left_stays_on_the_list_or_is_taken_off_it(house):
    meeting = make.meeting(house.admin, [house.organiser], house.members[:2])
    Member.objects.filter(pk=house.members[0].pk).update(state=MemberState.LEFT)
    client, url = signed_in(house.admin), reverse("meetings:edit", args=[meeting.uuid])
    body = form_of(house, title=meeting.title, audience="chosen")
    for chosen in (house.members[:2], house.members[1:2]):
        people = {"participants": [str(m.uuid) for m in chosen]}
        assert client.post(url, body | people | shown(client, url)).status_code == 302
        assert meeting.participants.filter(organiser=False).count() == len(chosen)


def test_cancel_page_asks_the_reason(house, running):
    client, url = signed_in(house.admin), reverse("meetings:cancel", args=[running.uuid])
    empty = client.post(url, {"reason": ""})
    assert (empty.status_code, "请写明原因，会记入操作记录" in text_of(empty)) == (422, True)
    assert client.post(url, {"reason": "改期举行"}).status_code == 302
    assert Meeting.objects.get().phase == "cancelled"


@pytest.mark.promise("F10")
def test_printable_code_is_on_every_meetings_page(house, running):
    text = text_of(signed_in(house.admin).get(reverse("meetings:code", args=[running.uuid])))
    assert "<svg" in text and codes.SENTENCE in text and "截图签到" in text


@pytest.mark.promise("F10")
def test_forbidden_screenshots_leave_the_rotating_code(house, running):
    house.committee.screenshot_codes = False
    house.committee.save()
    text = text_of(signed_in(house.admin).get(reverse("meetings:code", args=[running.uuid])))
    assert "只能使用动态码" in text and 'hx-trigger="every 5s"' in text


def test_live_code_ends_with_the_meeting(house, running):
    client, url = signed_in(house.admin), reverse("meetings:live-code", args=[running.uuid])
    assert client.get(url).status_code == 200
    Meeting.objects.update(state="closed", closed_at=timezone.now())
    assert client.get(url).status_code == 286


@pytest.mark.promise("F13")
def test_uninvited_member_is_added_with_one_tap(house, running):
    outsider = house.members[2]
    code = codes.rotating_text(running.uuid)
    check_in(outsider, actor=outsider.account, code=code, device="d")
    client = signed_in(house.admin)
    assert "加入名单" in text_of(client.get(reverse("meetings:detail", args=[running.uuid])))
    client.post(reverse("meetings:add-one", args=[running.uuid, outsider.uuid]))
    assert running.participants.filter(member=outsider).exists()


@pytest.mark.parametrize("end", ["file", "cancel"])
def test_who_scanned_uninvited_is_not_offered_after_the_end(house, running, end):
    outsider = house.members[2]
    check_in(outsider, actor=outsider.account, code=codes.rotating_text(running.uuid), device="d")
    if end == "file":
        file_minutes(running, "纪要", actor=house.admin)
    else:
        cancel_meeting(running, actor=house.admin, reason="改期")
    text = text_of(signed_in(house.admin).get(reverse("meetings:detail", args=[running.uuid])))
    assert outsider.name not in text and "加入名单</button>" not in text


def test_member_of_a_joint_host_is_added_with_one_tap(house):
    plan = make.plan([house.organiser], house.members, joint_hosts=[house.branch, house.sibling])
    meeting = make.call_meeting(plan, actor=house.committee_admin)
    client = signed_in(house.committee_admin)
    for _ in range(2):  # the second tap changes nothing
        response = client.post(reverse("meetings:add-one", args=[meeting.uuid, house.stranger.uuid]))
        assert response.status_code == 302
    assert meeting.participants.filter(member=house.stranger).count() == 1
    foreign = make.member(make.organization("外支部", below=house.root))
    url = reverse("meetings:add-one", args=[meeting.uuid, foreign.uuid])
    assert client.post(url).status_code == 404


def test_people_are_added_by_form(house, running):
    client, url = signed_in(house.admin), reverse("meetings:add-people", args=[running.uuid])
    assert client.get(url).status_code == 200
    assert client.post(url, {"members": [str(house.members[2].uuid)]}).status_code == 302
    assert running.participants.count() == 4


@pytest.mark.promise("F11")
def test_proxy_by_page(house, running):
    old = make.member(house.branch, "赵老", phone=False)
    client = signed_in(house.admin)
    client.post(reverse("meetings:add-one", args=[running.uuid, old.uuid]))
    text = text_of(client.get(reverse("meetings:detail", args=[running.uuid])))
    assert text.count(">代签到</a>") == 1
    url = reverse("meetings:proxy", args=[running.uuid, old.uuid])
    assert client.get(url).status_code == 200
    assert client.post(url, {"reason": "没有手机"}).status_code == 302
    with_phone = reverse("meetings:proxy", args=[running.uuid, house.members[0].uuid])
    refused = client.post(with_phone, {"reason": "忘带手机"})
    assert refused.status_code == 422 and "须本人扫码签到" in text_of(refused)
    back = reverse("meetings:withdraw", args=[running.uuid, old.uuid])
    assert client.get(back).status_code == 200
    assert client.post(back, {"reason": "登记错了"}).status_code == 302
    assert running.participants.get(member=old).state == "invited"


@pytest.mark.promise("F11")
def test_page_offers_no_proxy_for_a_phone_removed_lately(house, running):
    without_phone(house.members[0])
    text = text_of(signed_in(house.admin).get(reverse("meetings:detail", args=[running.uuid])))
    assert ">代签到</a>" not in text and "刚从资料中移除" in text
    url = reverse("meetings:proxy", args=[running.uuid, house.members[0].uuid])
    assert "刚从资料中移除" in text_of(signed_in(house.admin).get(url))


def test_attendance_sheet(house, running):
    """It is read on another day, so nothing in it is 今天."""
    at = timezone.now()
    running.participants.filter(member=house.members[0]).update(
        state="present", method="code", checked_in_at=at
    )
    response = signed_in(house.committee_admin).get(reverse("meetings:attendance", args=[running.uuid]))
    assert response.status_code == 200 and len(response.context["people"]) == 3
    assert minute(at) in text_of(response) and "今天" not in text_of(response)


def test_pickers_stay_in_scope(house):
    make.member(house.branch, "单建国")
    make.member(house.sibling, "单外")
    client = signed_in(house.admin)
    for text in ("单", "shan", "sjg"):
        rows = client.get(reverse("meetings:find-people"), {"q": text}).json()
        assert [row["text"].split(" · ")[0] for row in rows] == ["单建国"]
    assert client.get(reverse("meetings:find-people"), {"q": ""}).json() == []
    assert client.get(reverse("meetings:find-people"), {"q": " \0"}).json() == []
    for person, seen in ((house.members[0], [house.members[0].name]), (house.stranger, [])):
        rows = client.get(reverse("meetings:find-people"), {"q": person.phone}).json()
        assert [row["text"].split(" · ")[0] for row in rows] == seen
    assert client.get(reverse("meetings:find-hosts"), {"q": "乙"}).json() == []
    rows = signed_in(house.committee_admin).get(reverse("meetings:find-hosts"), {"q": "乙"}).json()
    assert rows == [{"value": str(house.sibling.uuid), "text": "乙支部"}]


def test_members_and_strangers_have_no_back_office(house, running):
    for client in (signed_in(house.organiser.account), Client()):
        assert client.get(reverse("meetings:list")).headers["Location"].startswith("/login/")


@pytest.mark.promise("F14", "F46", "F48")
def test_minutes_are_filed_revised_and_compared_in_the_back_office(house, running):
    running.participants.update(state="present", method="code", checked_in_at=timezone.now())
    client, url = signed_in(house.admin), reverse("meetings:minutes", args=[running.uuid])
    assert "提交并结束会议" in text_of(client.get(url))
    assert client.post(url, {"text": " "}).status_code == 422
    assert client.post(url, {"text": "学习文件"}).status_code == 302
    text = text_of(client.get(reverse("meetings:detail", args=[running.uuid])))
    assert "积分结果" in text and "3 人共" in text and "修改纪要" in text
    assert client.post(url, {"text": "学习文件\n形成决议", "reason": "补充决议"}).status_code == 302
    text = text_of(client.get(reverse("meetings:versions", args=[running.uuid])))
    assert "<ins>形成决议</ins>" in text and "补充决议" in text
    for query in ({"older": "9", "newer": "x"}, {"older": "2", "newer": "1"}):
        assert client.get(reverse("meetings:versions", args=[running.uuid]), query).status_code == 200


@pytest.mark.promise("F14")
def test_the_button_asks_what_ending_the_meeting_now_cuts_off(house, running):
    client, url = signed_in(house.admin), reverse("meetings:minutes", args=[running.uuid])
    early, rest = f"会议原定{moment(running.ends_at)} 结束", "。提交后会议结束，不能再签到。"
    assert f'data-confirm="{early}，还有 2 人未签到{rest}"' in text_of(client.get(url))
    assert cut_off(running, counts(running), running.ends_at) == "还有 2 人未签到"
    running.participants.update(state="present", method="code", checked_in_at=timezone.now())
    assert f'data-confirm="{early}{rest}"' in text_of(client.get(url))
    assert cut_off(running, counts(running), running.ends_at) == ""
    client.post(url, {"text": "学习文件"})
    assert (
        "data-confirm="
        not in text_of(client.get(url)).split('class="form-foot"', 1)[1].split("</form>", 1)[0]
    )


def test_unfiled_minutes_have_no_versions(house, running):
    assert signed_in(house.admin).get(reverse("meetings:versions", args=[running.uuid])).status_code == 404
