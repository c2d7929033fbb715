"""Wrong and hostile files: each gets its sentence, whatever it holds, and memory stays bounded (threats.md, test 7)."""

import random
import resource
import struct
import subprocess
import sys
import time
import zipfile
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from sanjin.common.errors import RuleError
from sanjin.common.xlsx import Column, SheetSpec, check_upload, read_sheet, write_template
from sanjin.common.xlsx.writer import write_rows

from .workbooks import GOOD, HEAD, LINE, MAIN, RELS, archive, parts, text_cell, worksheet

SPEC = SheetSpec(
    "people",
    "人员模板",
    2,
    columns=(
        Column("name", "姓名", required=True, max_length=30, aliases=("人员姓名",), example="示例"),
        Column("id", "身份证号", "id", required=True, unique=True, example="11010519491231002X"),
        Column("day", "日期", "date"),
    ),
)
ENTITIES = "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>]>"


def read(contents):
    return read_sheet(archive(contents) if isinstance(contents, dict) else BytesIO(contents), spec=SPEC)


def refusal(contents) -> tuple[str, str]:
    with pytest.raises(RuleError) as refused:
        read(contents)
    assert (refused.value.status, refused.value.field) == (400, "file")
    return refused.value.code.removeprefix("xlsx_"), refused.value.message


def book(*rows) -> bytes:
    made, file = openpyxl.Workbook(), BytesIO()
    for row in rows:
        made.active.append(row)
    made.save(file)
    return file.getvalue()


def test_good_file_is_read():
    sheet = read(parts(GOOD))
    assert [(row.number, row["name"], row["id"], str(row["day"])) for row in sheet.rows] == [
        (2, "张三", "11010519491231002X", "2020-01-02")
    ]
    assert sheet.errors == []


LONG = 1_000_000


def test_a_heading_of_a_million_brackets_is_no_heading():
    """It ends at all: a look for the closing bracket from each opening one took hours."""
    cells = HEAD.replace("</row>", text_cell("D1", "(" * LONG) + "</row>")
    assert [row["name"] for row in read(parts(worksheet(cells + LINE))).rows] == ["张三"]


@pytest.mark.parametrize("column", ["A", "B", "C"])
@pytest.mark.parametrize("text", ["2" + " " * LONG + "2", "(" * LONG, "1" * LONG])
def test_a_cell_of_a_million_characters_is_refused_for_its_length(column, text):
    number, rest = "ABC".index(column), ["张三", "11010519491231002X", "2020-01-02"]
    rest[number] = text
    cells = "".join(text_cell(f"{name}2", value) for name, value in zip("ABC", rest, strict=True))
    sheet = read(parts(worksheet(f'{HEAD}<row r="2">{cells}</row>')))
    assert [(error.row, error.column) for error in sheet.errors] == [(2, SPEC.columns[number].heading)]
    assert len(sheet.errors[0].reason) + len(sheet.errors[0].value) < 300


@pytest.mark.promise("F31")
@pytest.mark.parametrize(
    ("contents", "code", "words"),
    [
        (b"", "not_xlsx", "不是 Excel 工作簿"),
        ("姓名,身份证号\n张三,1".encode("gbk"), "not_xlsx", "另存为"),
        (b"<html><table></table></html>", "not_xlsx", "不是 Excel 工作簿"),
        (b"%PDF-1.7", "not_xlsx", "这是 PDF 文件，不是 Excel 工作簿（.xlsx）。请下载模板"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old_format", "旧版 .xls"),
        (b"PK\x03\x04" + b"\0" * 100, "damaged", "已损坏"),
        (
            {"word/document.xml": "<a/>", "[Content_Types].xml": "<a/>"},
            "not_xlsx",
            "这是 Word 文档，不是 Excel",
        ),
        (parts(GOOD, **{"xl/vbaProject.bin": b"macro"}), "macros", "含有宏"),
        (parts(GOOD, **{"xl/macrosheets/sheet1.xml": "<a/>"}), "macros", "含有宏"),
        (
            parts(
                GOOD, **{"[Content_Types].xml": '<Types><a ContentType="x.sheet.macroEnabled.main"/></Types>'}
            ),
            "macros",
            "含有宏",
        ),
        (parts(worksheet(HEAD + LINE, before=ENTITIES)), "entities", "DOCTYPE"),
        (parts(GOOD, **{"xl/sharedStrings.xml": f"{ENTITIES}<sst/>"}), "entities", "DOCTYPE"),
        (
            parts(GOOD, **{"xl/styles.xml": "<!ENTITY % p SYSTEM 'http://example.com/x'>"}),
            "entities",
            "ENTITY",
        ),
        (parts(GOOD, **{"xl/sharedStrings.xml": "<sst/>".encode("utf-16")}), "entities", "不允许"),
        (parts("<worksheet><sheetData><row>"), "damaged", "已损坏"),
        (parts(worksheet("")), "no_headings", "没有找到标题行"),
        (parts(worksheet(HEAD)), "empty", "没有数据行"),
        (book(["甲", "乙"], [1, 2]), "no_headings", "姓名、身份证号"),
        (book(["姓名", "证件"], ["张三", "1"]), "columns", "缺少列：身份证号；多余的列：证件"),
        (book(["姓名", "身份证号码"], ["张三", "1"]), "columns", "“身份证号码”应为“身份证号”"),
        (book(["姓名", "姓名", "身份证号"], ["张三", "李四", "1"]), "columns", "重复的列：姓名"),
        (
            parts(worksheet(HEAD + LINE, '<mergeCells><mergeCell ref="A2:A5"/></mergeCells>')),
            "merged",
            "A2:A5 是合并的",
        ),
        (
            write_template(SheetSpec("dues", "党费模板", 1, SPEC.columns)),
            "other_template",
            "这是“党费模板”，这里需要“人员模板”",
        ),
        (
            write_template(SheetSpec("people", "人员模板", 1, SPEC.columns)),
            "old_template",
            "第 1 版，现在用的是第 2 版",
        ),
        (
            parts(worksheet(HEAD + f'<row r="2">{text_cell("XFD2", "x")}</row>')),
            "too_many_columns",
            "超过 100 列",
        ),
        (
            parts(worksheet(HEAD + f'<row r="1048576">{text_cell("A1048576", "x")}</row>')),
            "too_many_rows",
            "20000 行",
        ),
        (parts(worksheet(HEAD + "<row r='1048576'><c><v>1</v></c></row>")), "too_many_rows", "20000 行"),
        (
            parts(worksheet(HEAD + '<x:row xmlns:x="u" r="1048576"><x:c><x:v>1</x:v></x:c></x:row>')),
            "too_many_rows",
            "20000",
        ),
        (parts(worksheet(HEAD + '<row r="2"><c r="??2"><v>1</v></c></row>')), "damaged", "已损坏"),
    ],
)
def test_wrong_file_gets_its_sentence(contents, code, words):
    found, message = refusal(contents)
    assert found == code
    assert words in message


def test_file_above_10_mb_is_refused_before_it_is_opened():
    with pytest.raises(RuleError) as refused:
        check_upload(BytesIO(b"PK\x03\x04" + b"\0" * (10 * 2**20)))
    assert refused.value.code == "xlsx_too_big"


def test_zip_bomb_is_stopped_while_it_inflates():
    bomb = archive(parts(worksheet(HEAD + LINE + " " * (101 * 2**20))))
    assert bomb.getbuffer().nbytes < 200_000
    assert refusal(bomb.getvalue())[0] == "bomb"


def test_directory_that_lies_about_sizes_does_not_help():
    file = archive(parts(GOOD, **{"xl/media/image1.png": b"\0" * (120 * 2**20)}))
    data = bytearray(file.getvalue())
    at = data.rfind(b"xl/media/image1.png") - 46  # the part's entry in the central directory
    data[at + 24 : at + 28] = (10).to_bytes(4, "little")
    assert refusal(bytes(data))[0] in ("bomb", "damaged")


def test_shared_strings_without_number_are_refused():
    assert (
        refusal(parts(GOOD, **{"xl/sharedStrings.xml": "<sst>" + "<si/>" * 2_100_000 + "</sst>"}))[0]
        == "bomb"
    )


def elsewhere(sheet: str) -> dict:
    """The worksheet in a folder where nobody measures it: the book's relations name it all the same."""
    made = parts(sheet)
    made["xl/other.xml"] = made.pop("xl/worksheets/sheet1.xml")
    made["xl/_rels/workbook.xml.rels"] = RELS.format(kind="worksheet", target="other.xml")
    return made


def repeating(text: str, lines: int, *, note: str = "") -> dict:
    """One text, which stands once in the file, in three cells of each line; `note` only above the first."""
    cells = "".join(
        f'<row r="{n}">' + "".join(f'<c r="{column}{n}" t="s"><v>0</v></c>' for column in "ABC") + "</row>"
        for n in range(2, lines + 2)
    )
    head = HEAD.replace("</row>", '<c r="D1" t="s"><v>1</v></c></row>')
    shared = f'<sst xmlns="{MAIN}"><si><t>{text}</t></si><si><r><t>{note}</t></r></si></sst>'
    return parts(worksheet(head + cells), **{"xl/sharedStrings.xml": shared})


def test_worksheet_outside_its_folder_is_refused():
    assert refusal(elsewhere(GOOD))[0] == "damaged"


def test_text_that_a_few_bytes_repeat_is_counted_in_every_cell():
    assert refusal(repeating("张" * 10_000, 2_000))[0] == "bomb"
    hidden = repeating("张" * 5_000 + "<!--</si>-->" + "张" * 5_000, 2_000)
    assert refusal(hidden)[0] == "bomb"


def test_long_note_in_one_cell_is_no_obstacle():
    assert len(read(repeating("张三", 2_000, note="填表说明" * 5_000)).raw) == 2_000


def test_a_million_formatted_empty_rows_are_no_obstacle():
    empty = "".join(f'<row r="{n}" s="1" customFormat="1"/>' for n in range(3, 1_048_577))
    sheet = read(parts(worksheet(HEAD + LINE + empty)))
    assert [row["name"] for row in sheet.rows] == ["张三"]


def test_title_above_the_headings_may_be_merged():
    title = f'<row r="1">{text_cell("A1", "某支部党员名册")}</row>'
    head = HEAD.replace('r="1"', 'r="2"').replace('1"', '2"')
    line = LINE.replace('r="2"', 'r="3"').replace('A2"', 'A3"').replace('B2"', 'B3"').replace('C2"', 'C3"')
    sheet = read(parts(worksheet(title + head + line, '<mergeCells><mergeCell ref="A1:C1"/></mergeCells>')))
    assert [(row.number, row["name"]) for row in sheet.rows] == [(3, "张三")]


def test_formula_is_refused_in_its_cell_only():
    line = LINE.replace(text_cell("A2", "张三"), '<c r="A2"><f>1+1</f><v>2</v></c>')
    (error,) = read(parts(worksheet(HEAD + line))).errors
    assert (error.row, error.column) == (2, "姓名")
    assert "公式" in error.reason


def test_a_row_with_a_formula_is_blamed_for_nothing_else():
    """What the cell would give is unknown: it is not missing, and the row is like no other."""
    sheet = read(book(["姓名", "身份证号"], ["=A1", "1A"], ["=A1", "1A"], ["张三", "=B2"], ["张三", "=B2"]))
    assert [(e.row, e.column, "公式" in e.reason) for e in sheet.errors] == [
        (2, "姓名", True),
        (3, "姓名", True),
        (3, "身份证号", False),
        (4, "身份证号", True),
        (5, "身份证号", True),
    ]


def test_a_reason_masks_what_stands_in_the_row_and_nothing_else():
    sheet = read(book(["姓名", "身份证号", "备注"], ["张三", "110105194912310020", "１３８ 1234-5678"]))
    for reason, told in {
        "请联系该支部管理员（联系电话0351-5550160）": "请联系该支部管理员（联系电话0351-5550160）",
        "应为区号加号码，如 0351-1234567": "应为区号加号码，如 0351-1234567",
        "“110105194912310020”已有人使用": "“1101**********0020”已有人使用",
        "第 7 至 14 位“19491231”不是日期": "第 7 至 14 位“****31”不是日期",
        "“13812345678”不是手机号": "“138****5678”不是手机号",
    }.items():
        sheet.refuse(2, "name", reason)
        assert sheet.in_clear(sheet.errors[-1])["reason"] == f"{told}。"


def test_number_in_the_id_column_is_refused_with_the_remedy():
    sheet = read(book(["姓名", "身份证号"], ["张三", 110105194912310020]))
    (error,) = sheet.errors
    assert error.column == "身份证号"
    assert "请将该列设为文本格式" in error.reason


def test_rows_that_repeat_are_named():
    sheet = read(book(["姓名", "身份证号"], ["张三", "1A"], ["李四", "1A"], ["张三", "1A"]))
    assert {(e.row, e.column, e.reason) for e in sheet.errors} == {
        (3, "身份证号", "与第 2 行重复。"),
        (4, "身份证号", "与第 2 行重复。"),
        (4, "整行", "与第 2 行完全相同，请删除其中一行。"),
    }


def test_headings_of_the_register_and_decorated_ones_are_mapped():
    sheet = read(book(["* 人员 姓名（必填）", "身份证号*", "备注"], ["张三", "1A", "x"]))
    assert (sheet.rows[0]["name"], sheet.extra) == ("张三", ["备注"])


@pytest.mark.parametrize("offset", [0x2B000000, 0x7FFFFFFF, 0xFFFFFFF0])
def test_a_directory_that_points_out_of_the_file_is_damage(offset):
    """Its parts then begin before the file does, or behind it: zipfile fails only when it looks there."""
    data = bytearray(book(["姓名", "身份证号"], ["张三", "1A"]))
    end = data.rindex(b"PK\x05\x06")
    data[end + 16 : end + 20] = offset.to_bytes(4, "little")
    assert refusal(bytes(data))[0] == "damaged"


def test_spoiled_bytes_never_raise_anything_but_a_sentence():
    """200 files: a good one cut short, and with bytes changed anywhere."""
    whole = book(["姓名", "身份证号"], *(["张三", f"1A{n}"] for n in range(50)))
    chance = random.Random(7)
    for number in range(200):
        data = bytearray(whole)
        if number % 4 == 0:
            del data[chance.randrange(len(data)) :]
        else:
            for _ in range(chance.choice((1, 3, 20))):
                data[chance.randrange(len(data))] = chance.randrange(256)
        try:
            read(bytes(data))
        except RuleError as refused:
            assert refused.message.endswith("。")


def test_spoiled_xml_never_raises_anything_but_a_sentence():
    """The same inside the parts, where the archive's checksums don't help."""
    chance = random.Random(8)
    good = parts(GOOD)
    for _ in range(150):
        name = chance.choice(list(good))
        text = bytearray(good[name].encode())
        for _ in range(chance.choice((1, 2, 8))):
            at = chance.randrange(len(text))
            text[at : at + chance.randrange(3)] = chance.choice((b"", b"<", b">", b'"', b"&", b"\xff", b"9"))
        try:
            read(good | {name: bytes(text)})
        except RuleError as refused:
            assert refused.message.endswith("。")


MEMORY = """
import sys
from django.conf import settings
settings.configure(XLSX_MAX_BYTES=10 << 20, XLSX_MAX_INFLATED=100 << 20, XLSX_MAX_ROWS=20_000)
from bench._memory import peak
from tests.common.test_xlsx_hostile import SPEC
from sanjin.common.xlsx import read_sheet
from sanjin.common.errors import RuleError
before = peak()
try:
    read_sheet(open(sys.argv[1], "rb"), spec=SPEC)
except RuleError:
    pass
print(peak() - before)
"""


@pytest.mark.parametrize("kind", ["far_cell", "bomb", "wide", "elsewhere", "repeating"])
def test_hostile_file_costs_little_memory(tmp_path, kind):
    """A cell at XFD1048576 would be 17 billion cells for a dense reader."""
    far = f'<row r="1048576">{text_cell("XFD1048576", "x")}</row>'
    wide = "".join(
        f'<row r="{n}">' + "".join(f'<c r="{chr(65 + i)}{n}"><v>1</v></c>' for i in range(26)) + "</row>"
        for n in range(2, 40_000)
    )
    contents = {
        "far_cell": parts(worksheet(HEAD + far)),
        "bomb": parts(worksheet(HEAD + " " * (101 * 2**20))),
        "wide": parts(worksheet(HEAD + wide)),
        "elsewhere": elsewhere(worksheet(HEAD + far)),
        "repeating": repeating("张" * 10_000, 19_000),
    }[kind]
    path = tmp_path / "hostile.xlsx"
    path.write_bytes(archive(contents).getvalue())
    ran = subprocess.run(
        [sys.executable, "-c", MEMORY, str(path)],
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[2],
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (2 * 2**30, 2 * 2**30)),
    )
    assert ran.returncode == 0, ran.stderr[-2000:]
    assert int(ran.stdout) < 50


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r="])
def test_export_holds_no_formula(start):
    texts = [
        f"{start}{word}"
        for word in ("1+1", 'HYPERLINK("http://x")', "cmd|' /C calc'!A0", "张三", "")
        for _ in range(400)
    ]
    with write_rows([f"{start}1+1", f"{start}乙"], ([text, text] for text in texts), text=[1]) as file:
        data = file.read()
    sheet = openpyxl.load_workbook(BytesIO(data)).active
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert len(cells) == 2 * len(texts) + 2
    assert [cell for cell in cells if cell.data_type == "f"] == []
    assert b"<f>" not in zipfile.ZipFile(BytesIO(data)).read("xl/worksheets/sheet1.xml")


def test_export_survives_control_characters():
    with write_rows(["甲"], [["a\x00b\x1f"], ["\ufffe"]]) as file:
        assert openpyxl.load_workbook(file).active["A2"].value == "ab"


def test_a_directory_of_a_hundred_thousand_parts_is_not_read():
    """It is refused in the request, before each of them becomes an object."""
    entry = (
        struct.pack("<4s4B4HL2L5H2L", b"PK\1\2", 20, 0, 20, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0)
        + b"a"
    )
    directory = entry * 100_000
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 1, 1, len(directory), 30, 0)
    began = time.process_time()
    with pytest.raises(RuleError) as refused:
        check_upload(BytesIO(b"PK\3\4" + bytes(26) + directory + end))
    assert refused.value.code == "xlsx_damaged"
    assert time.process_time() - began < 0.2
