"""Workbooks made part by part, so that tests can make wrong and hostile ones."""

import zipfile
from io import BytesIO

CONTENT_TYPES = """<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>
<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>
</Types>"""
RELS = """<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" Target="{target}"/>
</Relationships>"""
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
WORKBOOK = f"""<?xml version="1.0"?><workbook xmlns="{MAIN}"
xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><workbookPr/>
<sheets><sheet name="数据" sheetId="1" r:id="rId1"/></sheets></workbook>"""


def parts(sheet: str | bytes, **more: str | bytes) -> dict[str, str | bytes]:
    """The least that an .xlsx must have, with this worksheet; `more` replaces or adds parts by path."""
    return {
        "[Content_Types].xml": CONTENT_TYPES,
        "_rels/.rels": RELS.format(kind="officeDocument", target="xl/workbook.xml"),
        "xl/workbook.xml": WORKBOOK,
        "xl/_rels/workbook.xml.rels": RELS.format(kind="worksheet", target="worksheets/sheet1.xml"),
        "xl/worksheets/sheet1.xml": sheet,
    } | more


def archive(contents: dict[str, str | bytes]) -> BytesIO:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in contents.items():
            target.writestr(name, content)
    file.seek(0)
    return file


def text_cell(reference: str, text: str) -> str:
    return f'<c r="{reference}" t="inlineStr"><is><t>{text}</t></is></c>'


def worksheet(rows: str, after: str = "", before: str = "") -> str:
    return f'<?xml version="1.0"?>{before}<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>{after}</worksheet>'


HEAD = f'<row r="1">{text_cell("A1", "姓名")}{text_cell("B1", "身份证号")}{text_cell("C1", "日期")}</row>'
LINE = f'<row r="2">{text_cell("A2", "张三")}{text_cell("B2", "11010519491231002X")}{text_cell("C2", "2020-01-02")}</row>'
GOOD = worksheet(HEAD + LINE)
