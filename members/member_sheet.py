"""The member workbook: the national register's own headings (rules.md §8), so that its export goes in as it is (F32)."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from members.enums import MemberKind, MemberState, Sex
from members.queries.import_check import Checkup, RowProblem, read_rows
from members.queries.other_branches import other_branches
from members.validators.record import LABELS
from organizations.models import Organization
from sanjin.common.masking import mask_address, mask_id_number, mask_numbers, mask_phone
from sanjin.common.xlsx import Column, Sheet, SheetSpec

YES_NO = {"是": True, "否": False}
SEXES = {"男": Sex.MALE, "女": Sex.FEMALE, "未知": Sex.UNKNOWN, "男性": Sex.MALE, "女性": Sex.FEMALE}
KINDS = {"正式党员": MemberKind.FULL, "预备党员": MemberKind.PROBATIONARY}
STATES = {s.label: s for s in MemberState if s != MemberState.RECYCLED}


BRANCH = Column(
    "branch",
    "所在党支部",
    aliases=(
        "所属支部",
        "所在支部",
        "所属党支部",
        "党支部",
        "支部名称",
        "党支部名称",
        "所在党支部名称",
        "所在党组织",
        "所属党组织",
        "组织关系所在党支部",
    ),
)


def _column(key: str, kind: str = "text", **more: Any) -> Column:
    return Column(key, LABELS[key], kind, **more)


SPEC = SheetSpec(
    name="members",
    title="党员信息导入模板",
    version=1,
    columns=(
        _column("name", required=True, aliases=("党员姓名",), note="与身份证一致的姓名", example="张示例"),
        _column(
            "id_number",
            "id",
            required=True,
            aliases=("身份证号", "身份证号码", "身份证", "居民身份证号码"),
            mask=mask_id_number,
            width=22,
            note="18 位，最后一位可以是 X",
            example="140105199001010000",
        ),
        _column("sex", "choice", choices=SEXES, note="可不填，由身份证号得出；填了就必须一致", example="男"),
        _column("ethnicity", example="汉族"),
        _column(
            "birth_date", "date", aliases=("出生年月日",), note="可不填，由身份证号得出", example="1990-01-01"
        ),
        _column("education", aliases=("文化程度",), example="大学"),
        _column(
            "kind",
            "choice",
            choices=KINDS,
            aliases=("党员类别",),
            note="不填时，有转正日期的按正式党员",
            example="正式党员",
        ),
        _column(
            "joined_on",
            "date",
            required=True,
            aliases=("入党日期", "入党时间"),
            width=16,
            example="2015-07-01",
        ),
        _column("full_on", "date", aliases=("转为正式党员日期",), note="预备党员不填", example="2016-07-01"),
        _column("occupation", aliases=("职业", "单位职务"), example="教师"),
        _column(
            "phone",
            "digits",
            aliases=("手机", "手机号", "电话", "联系电话", "移动电话"),
            mask=mask_phone,
            note="登录账号。没有手机的填联系固定电话；年满 50 周岁的可以都不填",
            example="13800000000",
        ),
        _column(
            "landline",
            aliases=("固定电话", "联系固话", "座机"),
            mask=mask_phone,
            width=16,
            note="区号加号码，如 0351-1234567",
            example="0351-7000000",
        ),
        _column(
            "address", aliases=("住址", "现居住地"), mask=mask_address, width=30, example="太原市示例路1号"
        ),
        _column("state", "choice", choices=STATES, note="不填为正常", example="正常"),
        _column("lost_contact", "choice", choices=YES_NO, aliases=("是否失联党员",), example="否"),
        _column("lost_on", "date", aliases=("失去联系日期",)),
        _column("floating", "choice", choices=YES_NO, aliases=("是否为流动党员",), example="否"),
        _column("floating_to", aliases=("外出流向地",)),
    ),
    notes=(
        "数据由党委从全国党员管理信息系统导出后分发给各支部；导出表的标题可以直接使用，不需要改名。",
        "每行一名党员，只导入到本支部。照片和履职承诺不在表里，导入后在“待完善”名单中补充。",
        "身份证号和手机号所在的列必须是文本格式，否则 Excel 会改掉末尾几位；本模板已经设好。",
    ),
)

# What a branch imports may be the national register's export as it is: its branch column is looked at, too.
IMPORTED = replace(SPEC, columns=(*SPEC.columns, BRANCH))


def check_sheet(sheet: Sheet, *, today: date) -> Checkup:
    """Every rule that needs no query, for every row: a row in which a cell can't be read is still checked for the rest."""
    refused: dict[int, set[str]] = defaultdict(set)
    for error in sheet.errors:
        refused[error.row].add(error.column)
    checkup = read_rows(_rows(sheet), today=today)
    checkup.candidates = [c for c in checkup.candidates if c.row not in refused]
    checkup.problems = [p for p in checkup.problems if _adds(p, refused.get(p.row))]
    return checkup


def _rows(sheet: Sheet) -> Iterator[tuple[int, Mapping[str, Any]]]:
    return ((row.number, row.values) for row in sheet.rows)


def _adds(problem: RowProblem, refused: set[str] | None) -> bool:
    """Whether a problem tells more than the reader did: an unreadable cell looks empty to the rules behind it."""
    if not refused:
        return True
    if "整行" in refused or LABELS[problem.field] in refused:
        return False
    return problem.code not in ("account_empty", "phone_missing") or LABELS["landline"] not in refused


def refuse_other_branches(sheet: Sheet, own: Organization) -> list[str]:
    """Refuse the rows that say that they are another branch's. Returns up to 3 texts that name no branch at all: the
    page asks a person whether they mean the own one."""
    said = {row.number: row["branch"] for row in sheet.rows if row["branch"]}
    others = other_branches(said.values(), own)
    for number, text in said.items():
        if text in others.foreign:
            sheet.refuse(
                number, "branch", f"写的是“{mask_numbers(text)[:40]}”，不是本支部“{own.name}”。{ELSEWHERE}"
            )
    return [mask_numbers(text)[:40] for text in sorted(others.unknown)[:3]]


ELSEWHERE = "请删去这一行；整张名册请交上级党委在“导入党员”中上传，系统会按支部拆分"


def refuse_rows(sheet: Sheet, problems: list[RowProblem]) -> None:
    """Name the problems in the sheet itself, for the workbook of bad rows."""
    for problem in problems:
        sheet.refuse(
            problem.row, problem.field if problem.field in sheet.spec.by_key else None, problem.message
        )
