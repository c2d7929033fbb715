"""The rules of one person's data (rules.md §8, F22, F28–F30, F38)."""

from datetime import date

import pytest

from members.enums import MemberKind, Sex
from members.validators import (
    account_candidates,
    check_record,
    read_id_number,
    read_landline,
    read_mobile,
)
from members.validators.identity import check_character
from sanjin.common.errors import RuleError

TODAY = date(2026, 11, 22)


def number(first_17: str) -> str:
    return first_17 + check_character(first_17)


GOOD = number("14010519880301001")


def raw(**changes):
    usual = {
        "name": "张建国",
        "id_number": GOOD,
        "kind": MemberKind.FULL,
        "joined_on": date(2012, 7, 1),
        "full_on": date(2013, 7, 1),
        "phone": "15400000001",
    }
    return usual | changes


def codes(**changes) -> set[tuple[str, str]]:
    return {(p.field, p.code) for p in check_record(raw(**changes), today=TODAY).problems}


def test_id_number_tells_birth_and_sex():
    read = read_id_number(GOOD, today=TODAY)
    assert (read.birth_date, read.sex, read.area_known) == (date(1988, 3, 1), Sex.MALE, True)
    assert read_id_number(number("14010519880301002"), today=TODAY).sex == Sex.FEMALE


def test_id_number_of_somebody_born_before_1984_is_fine():
    old = number("14010519320229003")
    assert read_id_number(old, today=TODAY).birth_date == date(1932, 2, 29)


def test_id_number_with_small_x_spaces_and_full_width_digits_is_put_right():
    with_x = next(n for n in (number(f"140105198803010{i:02d}") for i in range(99)) if n.endswith("X"))
    wide = with_x.lower().translate({ord(str(d)): chr(0xFF10 + d) for d in range(10)})
    assert read_id_number(f" {wide[:6]} {wide[6:]}", today=TODAY).number == with_x


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "id_number_missing"),
        ("140105880301001", "id_number_old"),
        (GOOD[:-1], "id_number_shape"),
        (GOOD + "1", "id_number_shape"),
        ("14010519880301A01X", "id_number_shape"),
        (number("14010519881301001"), "id_number_date"),
        (number("14010519870229001"), "id_number_date"),
        (number("14010520300101001"), "id_number_date"),
        (number("14010518000101001"), "id_number_date"),
        (GOOD[:-1] + ("1" if GOOD[-1] != "1" else "2"), "id_number_check"),
        ("140105000000000000000", "id_number_shape"),
    ],
)
def test_id_number_refused(text, code):
    with pytest.raises(RuleError) as refused:
        read_id_number(text, today=TODAY)
    assert (refused.value.code, refused.value.field) == (code, "id_number")


def test_id_number_with_every_single_wrong_digit_is_refused():
    for place in range(18):
        for digit in "0123456789":
            if digit != GOOD[place]:
                wrong = GOOD[:place] + digit + GOOD[place + 1 :]
                with pytest.raises(RuleError):
                    read_id_number(wrong, today=TODAY)


def test_id_number_of_an_unknown_area_warns_only():
    checked = check_record(raw(id_number=number("99010519880301001")), today=TODAY)
    assert checked.problems == []
    assert [w.code for w in checked.warnings] == ["id_number_area"]


@pytest.mark.parametrize(
    "text", ["138 1234 5678", "138-1234-5678", "+8613812345678", "１３８１２３４５６７８"]
)
def test_mobile_is_normalised(text):
    assert read_mobile(text) == "13812345678"


@pytest.mark.parametrize("text", ["1381234567", "138123456789", "12812345678", "0351-1234567", "1.38E+10"])
def test_mobile_refused(text):
    with pytest.raises(RuleError) as refused:
        read_mobile(text)
    assert refused.value.code == "phone_shape"


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("0351-7654321", "0351-7654321"),
        ("（0351）7654321", "0351-7654321"),
        ("03517654321", "0351-7654321"),
        ("010 87654321", "010-87654321"),
        ("0351—7654321", "0351-7654321"),
    ],
)
def test_landline_is_normalised(text, read):
    assert read_landline(text) == read


@pytest.mark.parametrize("text", ["7654321", "13812345678", "0351-123", "0351-0123456"])
def test_landline_refused(text):
    with pytest.raises(RuleError) as refused:
        read_landline(text)
    assert refused.value.code == "landline_shape"


ELDER = date(1976, 11, 22)  # 50 today


@pytest.mark.promise("F29", "F30")
@pytest.mark.parametrize(
    ("phone", "landline", "born", "names"),
    [
        ("13812345678", "0351-7654321", ELDER, ["13812345678"]),
        ("", "0351-7654321", date(1990, 1, 1), ["03517654321"]),
        ("", "", ELDER, [GOOD[-11:], GOOD]),
        ("", "0351-7654321", ELDER, ["03517654321", GOOD[-11:], GOOD]),
        ("", "", date(1976, 11, 23), []),
    ],
)
def test_account_name_follows_phone_landline_or_age(phone, landline, born, names):
    found = account_candidates(phone=phone, landline=landline, id_number=GOOD, birth_date=born, today=TODAY)
    assert found == names


@pytest.mark.promise("F29")
def test_no_phone_below_50_says_what_to_fill_in():
    checked = check_record(raw(phone=""), today=TODAY)
    (problem,) = checked.problems
    assert (problem.field, problem.code) == ("phone", "account_empty")
    for remedy in ("手机号码", "区号加固定电话", "50 周岁"):
        assert remedy in problem.message


@pytest.mark.promise("F22")
def test_all_missing_fields_are_named_at_once():
    checked = check_record({}, today=TODAY)
    assert {p.field for p in checked.problems} == {"name", "id_number", "kind", "joined_on", "phone"}


@pytest.mark.parametrize("name", ["张", "张3", "Zhang", "张" * 31, "·张三", "张三（大）", "<b>张三</b>"])
def test_name_refused(name):
    assert codes(name=name) == {("name", "name_shape")}


@pytest.mark.parametrize(
    ("name", "read"),
    [("张 三", "张三"), ("买买提•吐尔逊", "买买提·吐尔逊"), ("　欧阳娜娜 ", "欧阳娜娜"), ("𠮷田", "𠮷田")],
)
def test_name_is_put_right(name, read):
    checked = check_record(raw(name=name), today=TODAY)
    assert (checked.problems, checked.record.name) == ([], read)


@pytest.mark.promise("F38")
def test_sex_comes_from_the_id_number():
    assert check_record(raw(), today=TODAY).record.sex == Sex.MALE
    assert check_record(raw(sex=Sex.UNKNOWN), today=TODAY).problems == []


def test_columns_that_contradict_the_id_number_are_both_named():
    checked = check_record(raw(sex=Sex.FEMALE, birth_date=date(1988, 3, 2)), today=TODAY)
    assert {p.code for p in checked.problems} == {"sex_conflict", "birth_conflict"}
    assert all(
        "公民身份号码" in p.message and p.message.startswith(("性别", "出生日期")) for p in checked.problems
    )


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"kind": "", "full_on": None}, ("kind", "kind_missing")),
        ({"joined_on": date(2027, 1, 1), "full_on": None}, ("joined_on", "date_future")),
        ({"joined_on": date(1920, 1, 1)}, ("joined_on", "joined_early")),
        ({"joined_on": date(2006, 2, 28)}, ("joined_on", "joined_young")),
        ({"full_on": date(2012, 6, 30)}, ("full_on", "full_before_joined")),
        ({"kind": MemberKind.PROBATIONARY}, ("full_on", "probation_conflict")),
        ({"lost_contact": False, "lost_on": date(2020, 1, 1)}, ("lost_contact", "lost_conflict")),
        ({"floating": False, "floating_to": "北京市"}, ("floating", "floating_conflict")),
        ({"address": "路" * 121}, ("address", "too_long")),
    ],
)
def test_record_refused(changes, found):
    assert found in codes(**changes)


def test_a_kind_that_is_silent_follows_the_date_of_full_membership():
    assert check_record(raw(kind=""), today=TODAY).record.kind == MemberKind.FULL


def test_flags_that_are_silent_follow_the_column_beside_them():
    checked = check_record(raw(lost_on=date(2020, 1, 1), floating_to="北京市"), today=TODAY)
    assert (checked.problems, checked.record.lost_contact, checked.record.floating) == ([], True, True)


def test_warnings_do_not_refuse():
    long_ago = raw(kind=MemberKind.PROBATIONARY, joined_on=date(2020, 1, 1), full_on=None)
    checked = check_record(long_ago, today=TODAY)
    assert ([p.code for p in checked.problems], [w.code for w in checked.warnings]) == (
        [],
        ["probation_long"],
    )
    assert [w.code for w in check_record(raw(full_on=None), today=TODAY).warnings] == ["full_missing"]
