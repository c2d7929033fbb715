"""What can be said of an upload without inflating it."""

import zipfile
from typing import IO, Any

from sanjin.common.errors import RuleError

from .limits import SAVE_AS, Limits, refuse, usual

MOST_PARTS = 1000
MOST_DIRECTORY = 512 * 1024  # bytes; a thousand parts take a tenth of it
OLE = b"\xd0\xcf\x11\xe0"
# Archives of their own kind, by the folder that each has; Excel opens none of them.
OTHERS = {"word/": " Word 文档", "ppt/": "演示文稿"}


def check_envelope(file: IO[bytes], limits: Limits | None = None) -> zipfile.ZipFile:
    """Cheap checks, fit for a request: size, kind of file, parts, macros, encryption. RuleError `xlsx_…`."""
    size = file.seek(0, 2)
    file.seek(0)
    limit = (limits or usual()).bytes
    if size > limit:
        raise refuse(
            "too_big", f"文件有 {size / 2**20:.1f} MB，超过 {limit // 2**20} MB 的上限。请分成几个文件上传。"
        )
    head = file.read(4)
    file.seek(0)
    if head == OLE:
        raise refuse("old_format", f"这是旧版 .xls 文件，或加了打开密码的工作簿，系统无法读取。{SAVE_AS}")
    if head == b"%PDF":
        raise _other_kind(" PDF 文件")
    if head != b"PK\x03\x04":
        raise refuse("not_xlsx", f"这不是 Excel 工作簿（.xlsx）。{SAVE_AS}")
    try:
        # read as objects, 10 MB of it keep a process busy for seconds
        if _directory_size(file) > MOST_DIRECTORY:
            raise ValueError
        archive = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise refuse("damaged", f"文件已损坏，无法打开。{SAVE_AS}")
    parts = archive.infolist()
    names = {part.filename.lower() for part in parts}
    for folder, kind in OTHERS.items():
        if "xl/workbook.xml" not in names and any(name.startswith(folder) for name in names):
            raise _other_kind(kind)
    if "xl/workbook.xml" not in names or "[content_types].xml" not in names:
        raise refuse("not_xlsx", f"这不是 Excel 工作簿（.xlsx）。{SAVE_AS}")
    outside = any(
        not 0 <= part.header_offset < size for part in parts
    )  # a directory that points out of the file
    encrypted = any(part.flag_bits & 1 for part in parts)
    if len(names) != len(parts) or len(parts) > MOST_PARTS or encrypted or outside:
        raise refuse("damaged", f"文件的内部结构不正常（重复、过多、加密或缺失的部件）。{SAVE_AS}")
    if any("vbaproject" in name or "/macrosheets/" in name for name in names):
        raise refuse("macros", f"文件含有宏，为安全起见不能导入。{SAVE_AS}")
    return archive


def _directory_size(file: IO[bytes]) -> int:
    """Bytes of the list of parts, found as `ZipFile` finds it, which reads it whole before anybody can count."""
    module: Any = zipfile  # its stubs name only what is public
    found = module._EndRecData(file)
    return int(found[module._ECD_SIZE]) if found else 0


def _other_kind(kind: str) -> RuleError:
    """Nothing that Excel could open and save again: the data must be put into a workbook."""
    return refuse(
        "not_xlsx", f"这是{kind}，不是 Excel 工作簿（.xlsx）。请下载模板，把其中的数据填入后再上传。"
    )
