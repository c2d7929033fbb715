"""A sheet of slips: drawn once and as a whole, readable again for a quarter of an hour, by nobody else (F28)."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from members.actions.codes import take_code
from members.actions.sheets import draw_sheet, read_sheet
from members.models import Member, ResetCode, SlipSheet
from members.tasks import sweep
from sanjin.common.errors import RuleError
from sanjin.common.models import AuditEntry

from . import factories

pytestmark = [pytest.mark.django_db, pytest.mark.promise("F28")]


@pytest.fixture
def people(tree):
    return [factories.member(tree.own, name) for name in ("安一", "白二")]


@pytest.fixture
def printed(people, keeper, enter):
    """The keeper's client, and the address of a sheet of two slips."""
    client = enter(keeper)
    answer = client.post(reverse("members:slips"), {"selected": [each.pk for each in people]})
    return client, answer.url


def codes(page) -> list[str]:
    return re.findall(r"<dt>一次性口令</dt><dd>([^<]+)</dd>", page.content.decode())


def test_a_refreshed_sheet_shows_the_same_slips_and_draws_none(printed):
    client, url = printed
    first = codes(client.get(url))
    drawn = list(ResetCode.objects.order_by("pk").values_list("pk", flat=True))
    assert len(first) == 2
    assert codes(client.get(url)) == first
    assert list(ResetCode.objects.order_by("pk").values_list("pk", flat=True)) == drawn


def test_the_sheet_needs_no_cache_and_is_sealed(printed):
    client, url = printed
    cache.clear()
    first, *_ = codes(client.get(url))
    assert first.encode() not in bytes(SlipSheet.objects.get().content_sealed)


def test_a_sheet_is_not_shown_for_long_and_swept_away(printed):
    client, url = printed
    sweep()
    assert SlipSheet.objects.count() == 1
    SlipSheet.objects.update(until=timezone.now() - timedelta(seconds=1))
    page = client.get(url)
    assert codes(page) == [] and "不再显示" in page.content.decode()
    sweep()
    assert SlipSheet.objects.count() == 0


def test_nobody_else_reads_the_sheet(printed, sibling_keeper, enter):
    _, url = printed
    page = enter(sibling_keeper).get(url)
    assert codes(page) == [] and "不再显示" in page.content.decode()


def test_nor_does_the_branchs_second_admin(tree, printed, enter):
    page = enter(factories.admin(tree.own)).get(printed[1])
    assert codes(page) == []


def test_who_has_left_the_branch_is_not_on_the_sheet_any_more(tree, people, printed):
    client, url = printed
    Member.objects.filter(pk=people[0].pk).update(organization=tree.sibling)
    assert len(codes(client.get(url))) == 1


def test_who_cannot_log_in_is_left_out_and_the_others_get_theirs(tree, people, keeper, enter):
    left = factories.member(tree.own, "李三", state="left")
    stopped = factories.member(tree.own, "王四", state="suspended")
    chosen = [*people, left, stopped]
    client = enter(keeper)
    page = client.post(reverse("members:slips"), {"selected": [each.pk for each in chosen]}, follow=True)
    assert len(codes(page)) == 3
    assert "1人没有口令条" in page.content.decode() and "李三（党籍状态是“出党”）" in page.content.decode()
    assert set(ResetCode.objects.values_list("member", flat=True)) == {each.pk for each in (*people, stopped)}
    assert AuditEntry.objects.filter(verb="member.slip_issued").count() == 3


@pytest.mark.parametrize(("state", "code"), [("left", "membership_ended"), ("recycled", "in_the_bin")])
def test_a_drawing_for_nobody_is_refused(tree, keeper, state, code):
    gone = [factories.member(tree.own, state=state) for _ in range(2)]
    with pytest.raises(RuleError) as refused:
        draw_sheet(gone, actor=keeper)
    assert (refused.value.code, refused.value.status) == (code, 409)
    assert not ResetCode.objects.exists() and not SlipSheet.objects.exists()


def test_the_refusal_names_five_and_counts_all(tree, keeper, enter):
    gone = [factories.member(tree.own, state="deceased") for _ in range(7)]
    page = enter(keeper).post(reverse("members:slips"), {"selected": [each.pk for each in gone]})
    text = page.content.decode()
    assert page.status_code == 409 and text.count("已去世") == 5 and "等7人不能登录" in text


def test_choosing_nobody_is_refused(keeper, enter):
    assert enter(keeper).post(reverse("members:slips")).status_code == 400


def test_a_slip_that_is_not_his_leaves_the_earlier_slips_of_all(tree, people, keeper):
    """One transaction: what can't be shown hasn't ended anything."""
    first = read_sheet(draw_sheet(people, actor=keeper).uuid, actor=keeper)
    other = factories.member(tree.sibling)
    with pytest.raises(RuleError) as refused:
        draw_sheet([*people, other], actor=keeper)
    assert refused.value.code == "not_keeper"
    assert SlipSheet.objects.count() == 1
    assert [take_code(slip.member, slip.code) for slip in first.slips] == ["slip", "slip"]
