"""Members by COPY: for imports and for the sample province. One statement whatever the number of rows."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any
from uuid import uuid4

from django.db import connection
from django.utils import timezone

from members.validators import Record
from sanjin.common.pinyin import pinyin_keys
from sanjin.common.sealing import blind_index, seal

CHUNK = 256  # rows that are in memory as text at a time

COLUMNS = """
    uuid, organization_id, name, name_key, initials, other_key, other_initials, id_number_sealed, id_number_index,
    phone_sealed, phone_index, landline_sealed, account_name_sealed, account_name_index, address_sealed,
    sex, birth_date, ethnicity, education, occupation, kind, joined_on, full_on, state,
    lost_contact, lost_on, floating, floating_to, photo, pledged_on, exempt_since, recycled_from, created_at, updated_at
"""

# COPY's text format: what would end a value or a line. Checked records hold no control characters, files might.
_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


@dataclass(slots=True)
class NewMember:
    """A checked record, its branch and the login name it gets. The indexes may be given if they are known already."""

    organization_id: int
    record: Record
    account_name: str
    pledged_on: date | None = None
    exempt_since: date | None = None
    id_index: bytes | None = None
    phone_index: bytes | None = None
    account_index: bytes | None = None


def copy_members(members: Iterable[NewMember], *, at: datetime | None = None) -> int:
    """Insert checked members by one COPY; returns how many. Sealed fields, blind indexes and pinyin keys are made on
    the way; history and points hear of it by the table's triggers. Memory does not grow with the number of rows.

    The caller holds the transaction and writes the audit entry. IntegrityError if a number is taken: nothing is copied.
    """
    stamp = (at or timezone.now()).isoformat()
    lines = (_line(member, stamp) for member in members)
    # copy_expert is psycopg2's own: Django neither counts it nor turns its errors into Django's.
    with connection.cursor() as cursor, connection.wrap_database_errors:
        cursor.copy_expert(f"COPY members_member ({COLUMNS}) FROM STDIN", _Stream(lines), 1 << 16)
        return int(cursor.rowcount)


class _Stream:
    """The file that COPY reads: a chunk of lines at a time."""

    def __init__(self, lines: Iterator[str]) -> None:
        self.lines = lines

    def read(self, size: int = -1) -> bytes:
        return "".join(islice(self.lines, CHUNK)).encode()


def _line(member: NewMember, stamp: str) -> str:
    record, uuid = member.record, str(uuid4())  # as text, because each sealed field writes it again
    keys = pinyin_keys(record.name)

    def sealed(field: str, text: str) -> str:
        return f"\\\\x{seal(text, label=f'member.{field}', uuid=uuid).hex()}" if text else "\\N"

    def index(text: str, known: bytes | None) -> str:
        return f"\\\\x{(known or blind_index(text)).hex()}" if text else "\\N"

    account_index = member.account_index
    own_name = member.account_name  # sealed on its own only if it isn't the phone (models.LoginName)
    if record.phone and record.phone == member.account_name:
        own_name = ""
        account_index = member.phone_index = member.phone_index or blind_index(record.phone)
    values = (
        uuid,
        str(member.organization_id),
        record.name.translate(_ESCAPES),
        *keys,
        sealed("id_number", record.id_number),
        index(record.id_number, member.id_index),
        sealed("phone", record.phone),
        index(record.phone, member.phone_index),
        sealed("landline", record.landline),
        sealed("account_name", own_name),
        index(member.account_name, account_index),
        sealed("address", record.address),
        record.sex,
        _text(record.birth_date),
        record.ethnicity.translate(_ESCAPES),
        record.education.translate(_ESCAPES),
        record.occupation.translate(_ESCAPES),
        record.kind,
        _text(record.joined_on),
        _text(record.full_on),
        record.state,
        "t" if record.lost_contact else "f",
        _text(record.lost_on),
        "t" if record.floating else "f",
        record.floating_to.translate(_ESCAPES),
        "",
        _text(member.pledged_on),
        _text(member.exempt_since),
        "",
        stamp,
        stamp,
    )
    return "\t".join(values) + "\n"


def _text(value: Any) -> str:
    return "\\N" if value is None else str(value)
