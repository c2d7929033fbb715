"""A branch goes while somebody is being written into it: whoever comes second sees the first, in both orders."""

from collections.abc import Callable
from threading import Event, Thread

import pytest
from django.db import connection, transaction

from members.actions.records import recycle_member, restore_member
from members.models import Member
from organizations.actions import dissolve_organization
from organizations.models import Organization
from sanjin.common.errors import RuleError
from tests.plugins.workers import until

from . import factories

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
WAITING = (
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
)


def waiting() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(WAITING)
        return bool(cursor.fetchone()[0])


def in_turn(first: Callable, second: Callable, *, blocked: bool = True) -> list[str]:
    """Begin `second` when `first` has done its work and not yet committed; which of them were refused, and why."""
    done, go_on, codes = Event(), Event(), ["", ""]

    def run(place: int, work: Callable, holds: bool) -> None:
        try:
            with transaction.atomic():
                work()
                if holds:
                    done.set()
                    assert go_on.wait(30)
        except RuleError as refused:
            codes[place] = refused.code
        finally:
            done.set()
            connection.close()

    threads = [Thread(target=run, args=(0, first, True)), Thread(target=run, args=(1, second, False))]
    threads[0].start()
    assert done.wait(30)
    threads[1].start()
    if blocked:
        until(waiting, seconds=30, what="the second's wait")
    else:
        threads[1].join(30)
    go_on.set()
    for thread in threads:
        thread.join(30)
    return codes


@pytest.fixture
def gone(tree, keeper):
    """A member of the branch in the recycle bin, so that the branch is empty and may go."""
    member = factories.member(tree.own)
    recycle_member(member, actor=keeper, reason="重复录入")
    return member


def standing(tree) -> tuple[str, int]:
    return Organization.objects.get(pk=tree.own.pk).state, Member.objects.present().count()


def works(tree, keeper, member) -> tuple[Callable, Callable]:
    superior = factories.admin(tree.root)
    return (
        lambda: restore_member(member, actor=keeper),
        lambda: dissolve_organization(tree.own, actor=superior, reason="合并到其他支部"),
    )


def test_a_dissolution_waits_for_who_is_being_written_and_is_refused(tree, keeper, gone):
    write, dissolve = works(tree, keeper, gone)
    assert in_turn(write, dissolve) == ["", "stake_refused"]
    assert standing(tree) == ("active", 1)


def test_who_comes_after_the_dissolution_is_refused(tree, keeper, gone):
    write, dissolve = works(tree, keeper, gone)
    assert in_turn(dissolve, write) == ["", "organization_gone"]
    assert standing(tree) == ("dissolved", 0)


def test_control_without_the_lock_leaves_a_member_in_a_dissolved_branch(tree, keeper, gone, monkeypatch):
    monkeypatch.setattr("members.actions.records.hold", lambda *organizations, nature="": None)
    write, dissolve = works(tree, keeper, gone)
    assert in_turn(write, dissolve, blocked=False) == ["", ""]
    assert standing(tree) == ("dissolved", 1)
