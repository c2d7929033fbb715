"""A whole record: each field by itself, then the fields against each other."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from re import compile as pattern
from typing import Any, NamedTuple

from members.enums import MemberKind, MemberState, Sex
from sanjin.common.errors import RuleError

from .account_name import EMPTY_ACCOUNT, PHONE_MISSING, account_candidates, years_before
from .contact import read_landline, read_mobile
from .identity import Identity, read_id_number
from .text import one_line, person_name

FOUNDED = date(1921, 7, 1)
JOIN_AGE = 18
PROBATION_YEARS = 2  # one year, prolonged by at most one

_NAME = pattern(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff·]{2,30}")
_LENGTHS = {"ethnicity": 20, "education": 20, "occupation": 60, "floating_to": 60, "address": 120}
LABELS = {
    "name": "姓名",
    "id_number": "公民身份号码",
    "sex": "性别",
    "birth_date": "出生日期",
    "ethnicity": "民族",
    "education": "学历",
    "occupation": "工作岗位",
    "kind": "人员类别",
    "joined_on": "加入党组织日期",
    "full_on": "转正日期",
    "phone": "手机号码",
    "landline": "联系固定电话",
    "address": "家庭住址",
    "state": "党籍状态",
    "lost_contact": "是否失联",
    "lost_on": "失联日期",
    "floating": "是否流动党员",
    "floating_to": "外出流向",
}


class Problem(NamedTuple):
    """Why a record is refused (or, among the warnings, looked at): the field's key, a code, a sentence."""

    field: str
    code: str
    message: str


@dataclass(slots=True)
class Record:
    """A person's data, checked and in plain text. `accounts`: login names to try, in order (F29, F30)."""

    name: str = ""
    id_number: str = ""
    sex: str = Sex.UNKNOWN
    birth_date: date | None = None
    ethnicity: str = ""
    education: str = ""
    occupation: str = ""
    kind: str = ""
    joined_on: date | None = None
    full_on: date | None = None
    phone: str = ""
    landline: str = ""
    address: str = ""
    state: str = MemberState.NORMAL
    lost_contact: bool = False
    lost_on: date | None = None
    floating: bool = False
    floating_to: str = ""
    accounts: list[str] = field(default_factory=list)


class Checked(NamedTuple):
    """A record and what is wrong with it; only one without problems may be saved."""

    record: Record
    problems: list[Problem]
    warnings: list[Problem]


def check_record(raw: Mapping[str, Any], *, today: date) -> Checked:
    """Check what was typed (text, dates, choice values by the keys of `LABELS`; absent and "" are the same).

    All problems at once, each on its field (F22). No query: whether a number is taken is asked for many at once.
    """
    checked = Checked(Record(), [], [])
    record, problems, warnings = checked
    _read_texts(raw, record, problems)
    identity = _read(problems, lambda: read_id_number(str(raw.get("id_number") or ""), today=today))
    if identity:
        _take_identity(raw, identity, checked)
    if raw.get("phone"):
        record.phone = _read(problems, lambda: read_mobile(str(raw["phone"]))) or ""
    if raw.get("landline"):
        record.landline = _read(problems, lambda: read_landline(str(raw["landline"]))) or ""
    _read_standing(raw, record, problems)
    _check_dates(record, problems, warnings, today)
    if not any(p.field in ("phone", "landline") for p in problems):
        _settle_account(record, problems, today)
    return checked


def _read(problems: list[Problem], reader: Callable[[], Any]) -> Any:
    try:
        return reader()
    except RuleError as error:
        problems.append(Problem(error.field or "", error.code, error.message))
        return None


def _read_texts(raw: Mapping[str, Any], record: Record, problems: list[Problem]) -> None:
    record.name = person_name(str(raw.get("name") or ""))
    if not record.name:
        problems.append(Problem("name", "name_missing", "姓名没有填写。请填写与身份证一致的姓名。"))
    elif not _NAME.fullmatch(record.name) or record.name[0] == "·" or record.name[-1] == "·":
        problems.append(
            Problem(
                "name", "name_shape", "姓名应是 2 至 30 个汉字，少数民族姓名中间可以有“·”。请按身份证填写。"
            )
        )
    for key, most in _LENGTHS.items():
        if value := raw.get(key):
            text = one_line(str(value))
            if len(text) > most:
                message = f"{LABELS[key]}最多 {most} 个字，现在是 {len(text)} 个字。请缩短。"
                problems.append(Problem(key, "too_long", message))
            setattr(record, key, text)


def _take_identity(raw: Mapping[str, Any], identity: Identity, checked: Checked) -> None:
    """Sex and date of birth come from the ID number (F38); a sheet that says otherwise has one of the two wrong."""
    record, problems, warnings = checked
    record.id_number, record.birth_date, record.sex = identity.number, identity.birth_date, identity.sex
    said = raw.get("sex")
    if said and said not in (Sex.UNKNOWN, identity.sex):
        message = f"性别填的是“{Sex(said).label}”，公民身份号码显示为“{identity.sex.label}”。请核对这两项，改正写错的一项。"
        problems.append(Problem("sex", "sex_conflict", message))
    born = raw.get("birth_date")
    if born and born != identity.birth_date:
        message = (
            f"出生日期填的是 {born:%Y-%m-%d}，公民身份号码显示为 {identity.birth_date:%Y-%m-%d}。"
            "请核对这两项，改正写错的一项。"
        )
        problems.append(Problem("birth_date", "birth_conflict", message))
    if not identity.area_known:
        message = f"公民身份号码开头“{identity.number[:2]}”不是已知的省级代码，请核对；确认无误可以保存。"
        warnings.append(Problem("id_number", "id_number_area", message))


def _read_standing(raw: Mapping[str, Any], record: Record, problems: list[Problem]) -> None:
    record.joined_on, record.full_on = raw.get("joined_on") or None, raw.get("full_on") or None
    record.kind = raw.get("kind") or (MemberKind.FULL if record.full_on else "")
    if not record.kind:
        problems.append(Problem("kind", "kind_missing", "人员类别没有填写。请填写“正式党员”或“预备党员”。"))
    record.state = raw.get("state") or MemberState.NORMAL
    record.lost_on = raw.get("lost_on") or None
    record.lost_contact = bool(_said(raw, "lost_contact", record.lost_on))
    record.floating = bool(_said(raw, "floating", record.floating_to))
    if record.lost_on and not record.lost_contact:
        message = "填写了失联日期，但“是否失联”是“否”。请改正其中一项。"
        problems.append(Problem("lost_contact", "lost_conflict", message))
    if record.floating_to and not record.floating:
        message = "填写了外出流向，但“是否流动党员”是“否”。请改正其中一项。"
        problems.append(Problem("floating", "floating_conflict", message))


def _said(raw: Mapping[str, Any], key: str, evidence: Any) -> Any:
    """What the yes/no column says; where it is silent, what the column beside it shows."""
    said = raw.get(key)
    return evidence if said is None or said == "" else said


def _check_dates(record: Record, problems: list[Problem], warnings: list[Problem], today: date) -> None:
    for key in ("joined_on", "full_on", "lost_on"):
        day = getattr(record, key)
        if day and day > today:
            problems.append(Problem(key, "date_future", f"{LABELS[key]}晚于今天。请核对日期。"))
    joined, full = record.joined_on, record.full_on
    if joined is None:
        problems.append(Problem("joined_on", "joined_missing", "加入党组织日期没有填写。请填写入党日期。"))
    elif joined < FOUNDED:
        problems.append(Problem("joined_on", "joined_early", "加入党组织日期早于1921年7月1日。请核对日期。"))
    elif record.birth_date and years_before(joined, JOIN_AGE) < record.birth_date:
        message = "按公民身份号码，加入党组织时不满 18 周岁。请核对加入党组织日期和公民身份号码。"
        problems.append(Problem("joined_on", "joined_young", message))
    if joined and full and full < joined:
        message = f"转正日期 {full:%Y-%m-%d} 早于加入党组织日期 {joined:%Y-%m-%d}。请核对这两项。"
        problems.append(Problem("full_on", "full_before_joined", message))
    if record.kind == MemberKind.PROBATIONARY:
        _check_probation(record, problems, warnings, today)
    elif record.kind == MemberKind.FULL and not full:
        message = "没有转正日期，党龄无法计算。入党时没有预备期的，请填写入党日期。"
        warnings.append(Problem("full_on", "full_missing", message))


def _check_probation(record: Record, problems: list[Problem], warnings: list[Problem], today: date) -> None:
    if record.full_on:
        message = (
            "人员类别是“预备党员”，不应有转正日期。已经转正的请改为“正式党员”，没有转正的请清空转正日期。"
        )
        problems.append(Problem("full_on", "probation_conflict", message))
    elif record.joined_on and record.joined_on < years_before(today, PROBATION_YEARS):
        message = "预备期已超过两年。请核对是否已经转正。"
        warnings.append(Problem("kind", "probation_long", message))


def _settle_account(record: Record, problems: list[Problem], today: date) -> None:
    if record.birth_date is None:
        if not record.phone and not record.landline:
            problems.append(Problem("phone", "phone_missing", PHONE_MISSING))
        return
    record.accounts = account_candidates(
        phone=record.phone,
        landline=record.landline,
        id_number=record.id_number,
        birth_date=record.birth_date,
        today=today,
    )
    if not record.accounts:
        problems.append(Problem("phone", "account_empty", EMPTY_ACCOUNT))
