"""Import of a branch's members: what stays out and why, and races (F23, F28–F31)."""

import threading
from datetime import date

import pytest
from django.db import connection, connections

from members.actions.copying import NewMember
from members.actions.importing import copy_members, import_members
from members.models import Member
from members.queries.import_check import read_rows
from sanjin.common.models import AuditEntry

from . import factories

TODAY = date(2026, 11, 22)


def row(name="李红梅", **values):
    usual = {
        "name": name,
        "id_number": factories.id_number(born=values.get("birth_date", date(1988, 3, 1))),
        "kind": "full",
        "joined_on": date(2012, 7, 1),
        "full_on": date(2013, 7, 1),
        "phone": factories.phone(),
    }
    return usual | values


def checked(*rows):
    return read_rows(enumerate(rows, 2), today=TODAY)


def found(problems):
    return [(p.row, p.field, p.code) for p in problems]


def test_copy_fills_sealed_fields_indexes_keys_and_history(tree):
    record = factories.record("单春梅", address="迎泽大街1号\\3栋", landline="0351-7654321")
    assert copy_members([NewMember(tree.own.pk, record, record.phone)]) == 1
    member = Member.objects.get()
    assert (member.id_number, member.phone, member.account_name) == (
        record.id_number,
        record.phone,
        record.phone,
    )
    assert (member.address, member.landline) == ("迎泽大街1号\\3栋", "0351-7654321")
    assert (member.name_key, member.initials, member.other_key) == ("shanchunmei", "scm", "danchunmei")
    assert bytes(member.phone_index) == bytes(member.account_name_index)
    event = member.events.get()
    assert (event.pgh_label, event.name, bytes(event.phone_sealed)) == (
        "insert",
        "单春梅",
        bytes(member.phone_sealed),
    )


def test_copy_takes_more_rows_than_it_holds_in_memory(tree):
    rows = (factories.record() for _ in range(600))
    assert copy_members(NewMember(tree.own.pk, r, r.phone) for r in rows) == 600


def test_import_writes_rows_one_audit_entry_and_links_history_to_it(tree, keeper):
    done = import_members(tree.own, checked(row(), row("王芳", phone="x")), actor=keeper)
    assert (done.imported, done.problems) == (1, [])
    entry = AuditEntry.objects.get(verb="members.imported")
    assert (entry.actor, entry.organization_id, entry.data) == (
        keeper,
        tree.own.pk,
        {"imported": 1, "refused": 1},
    )
    assert Member.objects.get().events.get().pgh_context_id == entry.uuid


@pytest.mark.parametrize("rows", [1, 3])
def test_import_costs_the_same_queries_for_any_number_of_rows(tree, keeper, rows, django_assert_num_queries):
    sheet = checked(*(row() for _ in range(rows)))
    with django_assert_num_queries(9):  # three checks and the frame of the audit; COPY is not counted
        import_members(tree.own, sheet, actor=keeper)


def test_rows_that_repeat_inside_the_file_name_the_first():
    first = row()
    problems = checked(first, row(id_number=first["id_number"]), row(phone=first["phone"])).problems
    assert found(problems) == [(3, "id_number", "row_twice"), (4, "phone", "row_twice")]
    assert all("第 2 行" in p.message for p in problems)


@pytest.mark.promise("F23")
def test_a_phone_held_in_the_same_branch_leads_to_its_member(tree, keeper):
    holder = factories.member(tree.own, "张建国")
    (problem,) = import_members(tree.own, checked(row(phone=holder.phone)), actor=keeper).problems
    assert (problem.code, problem.data) == ("phone_taken_here", {"member": str(holder.uuid)})
    assert "本支部的张建国" in problem.message


@pytest.mark.promise("F23")
def test_a_phone_held_elsewhere_names_the_branch_and_masks_the_name(tree, keeper):
    holder = factories.member(tree.sibling, "张建国")
    (problem,) = import_members(tree.own, checked(row(phone=holder.phone)), actor=keeper).problems
    assert problem.code == "phone_taken_elsewhere"
    assert "【第二支部】的 张* " in problem.message and "申请归还手机号" in problem.message
    assert "建国" not in problem.message and str(holder.uuid) not in str(problem.data)


@pytest.mark.promise("F28")
def test_a_person_of_another_branch_is_to_be_transferred(tree, keeper):
    tree.sibling.phone = "0351-7654321"
    tree.sibling.save()
    holder = factories.member(tree.sibling)
    (problem,) = import_members(tree.own, checked(row(id_number=holder.id_number)), actor=keeper).problems
    assert (problem.field, problem.code) == ("id_number", "person_elsewhere")
    for part in ("【第二支部】", "组织关系转接", "0351-7654321"):
        assert part in problem.message


def test_numbers_of_the_recycle_bin_are_free(tree, keeper):
    gone = factories.member(tree.sibling, state="recycled")
    sheet = checked(row(id_number=gone.id_number, phone=gone.phone))
    assert import_members(tree.own, sheet, actor=keeper) == (1, [])


ELDER = date(1950, 5, 5)


@pytest.mark.promise("F30")
def test_an_elder_without_a_phone_gets_the_last_11_characters(tree, keeper):
    elder = row(phone="", birth_date=ELDER, joined_on=date(1980, 1, 1), full_on=date(1981, 1, 1))
    import_members(tree.own, checked(elder), actor=keeper)
    assert Member.objects.get().account_name == elder["id_number"][-11:]


@pytest.mark.promise("F30")
def test_an_elder_whose_11_characters_are_taken_gets_the_whole_number(tree, keeper):
    number = factories.id_number(born=ELDER)
    factories.member(tree.sibling, accounts=[number[-11:]])
    elder = row(id_number=number, phone="", joined_on=date(1980, 1, 1), full_on=date(1981, 1, 1))
    import_members(tree.own, checked(elder), actor=keeper)
    assert Member.objects.get(organization=tree.own).account_name == number


def test_two_elders_of_one_file_never_get_the_same_account(tree, keeper):
    first = row(phone="", landline="0351-7654321", birth_date=ELDER)
    second = row("王芳", phone="", landline="0351-7654321", birth_date=ELDER)
    import_members(tree.own, checked(first, second), actor=keeper)
    names = {m.name: m.account_name for m in Member.objects.all()}
    assert names == {"李红梅": "03517654321", "王芳": second["id_number"][-11:]}


def test_a_young_member_whose_landline_is_taken_is_told(tree, keeper):
    rows = [row(phone="", landline="0351-7654321"), row("王芳", phone="", landline="0351-7654321")]
    done = import_members(tree.own, checked(*rows), actor=keeper)
    assert (done.imported, found(done.problems)) == (1, [(3, "landline", "account_taken")])


def test_nothing_is_half_done_when_copy_fails(tree, keeper, monkeypatch):
    rows = checked(row(), row())
    monkeypatch.setattr(rows.candidates[1].record, "kind", "x" * 13)  # the database refuses it
    with pytest.raises(Exception, match="character varying"):
        import_members(tree.own, rows, actor=keeper)
    assert Member.objects.count() == 0
    assert not AuditEntry.objects.filter(verb="members.imported").exists()


@pytest.mark.race
@pytest.mark.promise("F23")
@pytest.mark.django_db(transaction=True)
def test_two_branches_importing_the_same_phones_at_once_share_them_without_loss():
    """Each shared number is won by exactly one branch; the loser's other rows go in, the one row gets its sentence."""
    root = factories.organization("山西省委", nature="committee")
    branches = [factories.organization(f"第{i}支部", below=root) for i in range(4)]
    admins = [factories.admin(branch) for branch in branches]
    shared = [factories.phone() for _ in range(5)]
    sheets = [checked(*(row(phone=p) for p in shared), *(row() for _ in range(20))) for _ in branches]
    results = [None] * len(branches)
    start = threading.Barrier(len(branches))

    def run(i):
        try:
            start.wait()
            results[i] = import_members(branches[i], sheets[i], actor=admins[i])
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(i,)) for i in range(len(branches))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(done.imported for done in results) == 4 * 20 + 5 == Member.objects.count()
    assert {p.code for done in results for p in done.problems} == {"phone_taken_elsewhere"}
    assert sum(len(done.problems) for done in results) == 3 * 5
    assert connection.is_usable()
