"""F32: many registers for the same branches at once leave one waiting part each, whole, and no deadlock."""

import pytest

from members.actions.parts import check_part, decline_part
from members.actions.splitting import hand_down
from members.enums import CHECK, SPLIT, PartState
from members.models import RegisterPart
from members.models.register_part import Line
from organizations.enums import Nature
from sanjin.common.errors import RuleError
from sanjin.common.models import Job
from tests.factories import admin, organization
from tests.threads import at_once

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True), pytest.mark.promise("F32")]

BRANCHES, REGISTERS = 5, 32


class Handful:
    """As much of a Register as is handed down: the same branches in an order of its own, two rows each."""

    def __init__(self, branches: list[int], number: int) -> None:
        turned = branches[number % len(branches) :] + branches[: number % len(branches)]
        self.parts = {pk: [number, number] for pk in turned}
        self.refused = []
        self.number = number

    def lines(self, branch_id: int) -> list[Line]:
        return [{"name": f"{self.number}-{row}"} for row in range(2)]


@pytest.fixture
def city(transactional_db, silent_bell):
    top = organization("市委")
    branches = [organization(nature=Nature.BRANCH, below=top) for _ in range(BRANCHES)]
    return admin(top), branches


def send(city, number: int, **options):
    sender, branches = city
    job = Job.objects.create(kind=SPLIT, title=f"名册{number}", created_by=sender)
    return hand_down(Handful([b.pk for b in branches], number), job_id=job.pk, actor=sender, **options)


@pytest.mark.parametrize(("add", "rows"), [(False, 2), (True, 2 * REGISTERS)])
def test_registers_at_once_leave_one_waiting_part_per_branch(city, add, rows):
    results = at_once(lambda number: send(city, number, add=add), range(REGISTERS), threads=16)
    assert len(results) == REGISTERS
    waiting = list(RegisterPart.objects.waiting())
    assert sorted(part.branch_id for part in waiting) == sorted(branch.pk for branch in city[1])
    assert {(part.rows, len(part.lines())) for part in waiting} == {(rows, rows)}
    assert sum(result.replaced for result in results) == BRANCHES * (REGISTERS - 1)
    # one register reached every branch last: they stood in line, whole against whole
    assert len({part.job_id for part in waiting}) == 1


def test_without_the_lock_registers_collide(city, monkeypatch):
    """The control: only the constraint is left, and it refuses somebody."""
    monkeypatch.setattr("members.actions.splitting._hold_branches", lambda wanted, actor: None)

    def attempt(number: int) -> str:
        try:
            send(city, number)
        except Exception as error:
            return type(error).__name__
        return "sent"

    results = at_once(attempt, range(REGISTERS), threads=16)
    assert set(results) - {"sent"}


def test_a_part_is_either_declined_or_replaced_never_both(city):
    send(city, 0)
    keeper = admin(city[1][0])
    part = RegisterPart.objects.waiting().get(branch=keeper.organization)

    def act(number: int) -> str:
        if number % 2:
            return str(send(city, number).replaced)
        try:
            decline_part(part, actor=keeper, reason="不是本支部的")
        except RuleError as error:
            return error.code
        return "declined"

    results = at_once(act, range(16), threads=16)
    part.refresh_from_db()
    declined = results.count("declined")
    assert declined + results.count("part_decided") == 8
    assert part.state == (PartState.DECLINED if declined else PartState.REPLACED)
    assert RegisterPart.objects.waiting().filter(branch=keeper.organization).count() == 1


def test_a_check_pressed_by_many_starts_once(city):
    send(city, 0)
    keeper = admin(city[1][0])
    part = RegisterPart.objects.waiting().get(branch=keeper.organization)
    jobs = at_once(lambda _: check_part(part, actor=keeper).pk, range(16), threads=16)
    assert len(set(jobs)) == 1 and Job.objects.filter(kind=CHECK).count() == 1
