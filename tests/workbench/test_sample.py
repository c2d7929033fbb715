"""The generator of the sample province: the same again, the right numbers, valid people."""

from datetime import date
from random import Random

import pytest
from openpyxl import load_workbook

from members.enums import Sex
from members.member_sheet import SPEC, check_sheet
from members.validators.identity import read_id_number
from sanjin.common.xlsx import read_sheet
from workbench.sample import divisions, workbooks
from workbench.sample.grassroots import apportion
from workbench.sample.identity import PEOPLE_PER_AREA, id_number, mobile, settle_birth
from workbench.sample.naming import ordinal
from workbench.sample.people import AS_OF, FULL, PROBATIONARY, people
from workbench.sample.scales import DEMO, PROVINCE, TINY
from workbench.sample.tree import SEED, WAITING_MEMBERS, grow

# rules.md §7
EVERYWHERE = ["机关", "事业单位", "国有企业", "非公企业", "社会组织", "学校", "农村", "社区", "其他"]
TYPES = {
    "党委": {*EVERYWHERE, "乡镇", "街道", "省委", "市委", "县委", "工委"},
    "党总支": {*EVERYWHERE},
    "支部": {*EVERYWHERE, "离退休", "联合支部", "流动党员支部", "临时支部"},
}


@pytest.fixture(scope="module")
def demo():
    return grow(DEMO)


@pytest.fixture(scope="module")
def everybody(demo):
    return [person for branch in demo.branches() for person in people(branch, SEED)]


def test_divisions_are_the_11_cities_and_117_counties_of_shanxi():
    cities = divisions.load()
    counties = [county for city in cities for county in city.counties]
    assert (len(cities), len(counties), len({county.code for county in counties})) == (11, 117, 117)
    assert all(county.code[:4] + "00" == city.code for city in cities for county in city.counties)
    assert counties[0].full_name == "太原市小店区"


@pytest.mark.parametrize("scale", [TINY, DEMO, PROVINCE], ids=lambda scale: scale.name)
def test_tree_has_exactly_the_numbers_of_its_scale(scale):
    nodes = grow(scale).nodes
    counts = {nature: sum(node.nature == nature for node in nodes) for nature in TYPES}
    assert counts == {"党委": scale.committees, "党总支": scale.general_branches, "支部": scale.branches}
    assert sum(node.members for node in nodes) == scale.members
    assert sum(1 for node in nodes if node.waiting) == scale.waiting


def test_tree_has_each_nature_and_type(demo):
    present = {nature: {node.type for node in demo.nodes if node.nature == nature} for nature in TYPES}
    assert present == TYPES


def test_tree_keeps_the_rules_of_natures(demo):
    for node in demo.nodes[1:]:
        assert node.parent.number < node.number
        assert node.parent.nature == "党委" or (node.parent.nature == "党总支" and node.nature == "支部")


def test_names_of_siblings_differ(demo):
    assert all(len({child.name for child in node.children}) == len(node.children) for node in demo.nodes)


def test_same_seed_same_province_and_another_seed_another(demo):
    again, other = grow(DEMO), grow(DEMO, seed=7)
    first = [(node.name, node.members) for node in demo.nodes]
    assert [(node.name, node.members) for node in again.nodes] == first
    assert [(node.name, node.members) for node in other.nodes] != first
    branch = demo.showcase.branch
    assert list(people(branch, SEED)) == list(people(branch, SEED)) != list(people(branch, 7))


def test_people_have_unique_valid_numbers(everybody):
    assert len(everybody) == DEMO.members + WAITING_MEMBERS * DEMO.waiting
    assert len({person.id_number for person in everybody}) == len(everybody)
    phones = [person.mobile for person in everybody if person.mobile]
    assert len(set(phones)) == len(phones)
    for person in everybody:
        assert person.id_number[:2] == "14"
        told = read_id_number(person.id_number, today=AS_OF)
        assert (told.birth_date, told.sex) == (person.born, Sex.MALE if person.male else Sex.FEMALE)
    assert all(phone.startswith("154") and len(phone) == 11 for phone in phones)


def test_people_have_plausible_dates(everybody):
    for person in everybody:
        assert 18 <= (person.joined - person.born).days / 365.2425 <= 95
        assert person.joined < (person.converted or AS_OF) < AS_OF or person.category == PROBATIONARY
        assert (person.category == FULL) == (person.converted is not None)
        if not person.mobile:
            assert (AS_OF - person.born).days / 365.2425 >= 50
    probationary = sum(person.category == PROBATIONARY for person in everybody) / len(everybody)
    assert 0.03 <= probationary <= 0.05
    assert 0.05 <= sum(not person.mobile for person in everybody) / len(everybody) <= 0.2


def test_no_two_indexes_of_an_area_share_an_id():
    rng = Random(1)
    near = range(0, PEOPLE_PER_AREA, 499)  # the same sequence number, the hardest case
    born = [settle_birth(date(1980, rng.randint(1, 12), 15), index) for index in near]
    ids = {id_number("140105", day, index, male=True) for day, index in zip(born, near, strict=True)}
    assert len(ids) == len(near)


def test_mobiles_of_a_province_differ():
    assert len({mobile(number) for number in range(0, 10**8, 4_001)}) == len(range(0, 10**8, 4_001))


@pytest.mark.parametrize(
    ("number", "text"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (105, "一〇五")]
)
def test_ordinal(number, text):
    assert ordinal(number) == text


def test_apportion_adds_up():
    assert apportion(10, [1, 1, 1]) == [4, 3, 3]
    assert sum(apportion(130_000, [0.37, 2.1, 1.13])) == 130_000


def test_workbooks_hold_the_planned_people_as_text(demo, tmp_path):
    paths = workbooks.write_all(demo, SEED, tmp_path)
    assert len(paths) == 2 + DEMO.waiting + 2
    branch = demo.showcase.waiting[0]
    sheet = load_workbook(tmp_path / f"党员信息-{branch.name}.xlsx").active
    headings, *rows = sheet.values
    planned = list(people(branch, SEED))
    assert headings[:2] == ("姓名", "公民身份号码")
    assert [row[1] for row in rows] == [person.id_number for person in planned]


def read(path):
    """The member workbook as the import reads and checks it."""
    with path.open("rb") as file:
        sheet = read_sheet(file, spec=SPEC)
    return sheet, check_sheet(sheet, today=date(2026, 11, 22))


def test_member_workbook_passes_the_import_and_its_spoiled_one_does_not(demo, tmp_path):
    workbooks.write_all(demo, SEED, tmp_path)
    name = demo.showcase.waiting[0].name
    sheet, checkup = read(tmp_path / f"党员信息-{name}.xlsx")
    assert (len(sheet.rows), sheet.errors, checkup.problems) == (WAITING_MEMBERS, [], [])
    sheet, checkup = read(tmp_path / f"党员信息-{name}-含错误行.xlsx")
    bad = {error.row for error in sheet.errors} | {problem.row for problem in checkup.problems}
    # Numbers that another branch holds are found by a query only, so those two rows pass here.
    assert (len(sheet.rows), len(bad)) == (WAITING_MEMBERS + 12, 10)


def test_the_register_names_branches_of_the_committee_that_stand_there_once(demo):
    show = demo.showcase
    rows = workbooks.register_rows(show.waiting, SEED)
    below = [node.name for node in show.committee.walk()]
    *good, wrong = [row["所在党支部"] for row in rows]
    assert {below.count(name) for name in good} == {1} and wrong not in below
    assert set(good) == {branch.name for branch in show.waiting}
    assert len(rows) == len(show.waiting) * WAITING_MEMBERS


def test_structure_rows_name_parents_before_children(demo):
    committee = demo.showcase.empty_committee
    known = {committee.name}
    rows = workbooks.structure_rows(committee, SEED)
    for row in rows:
        assert row["上级组织"] in known
        known.add(row["组织名称"])
    assert len(rows) == 14
    assert {row["部门性质"] for row in rows} == set(TYPES)
