"""COPY, and what a large COPY needs around it."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from io import StringIO
from itertools import islice

from django.db import connection
from django.db.models import Model
from django.utils import timezone

from sanjin.common.errors import RuleError

BATCH = 10_000
NULL = r"\N"


def copy_rows(model: type[Model], columns: Sequence[str], rows: Iterable[Sequence[object]]) -> int:
    """COPY `rows` (values in the order of `columns`, no tabs or backslashes) into the model's table.

    bytes go in as bytea, None as NULL; columns that are not named get the model's default. Returns the number of rows.
    """
    rest = _defaults(model, columns)
    quoted = ", ".join(f'"{column}"' for column in (*columns, *rest))
    statement = f'COPY "{model._meta.db_table}" ({quoted}) FROM STDIN'
    tail = "".join(f"\t{_field(value)}" for value in rest.values()) + "\n"
    count = 0
    source = iter(rows)
    with connection.cursor() as cursor:
        while batch := list(islice(source, BATCH)):
            cursor.copy_expert(statement, StringIO("".join(_line(row) + tail for row in batch)))
            count += len(batch)
    return count


def _defaults(model: type[Model], columns: Sequence[str]) -> dict[str, object]:
    """What Django would write into the columns that are not named: the same for every row."""
    given = {*columns, model._meta.pk.column}
    others = [field for field in model._meta.concrete_fields if field.column not in given]
    now = timezone.now()
    return {
        field.column: now if getattr(field, "auto_now_add", False) else field.get_default()
        for field in others
        if not field.has_db_default()
    }


def _line(row: Sequence[object]) -> str:
    return "\t".join(map(_field, row))


def _field(value: object) -> str:
    if value is None:
        return NULL
    if isinstance(value, bytes):
        return rf"\\x{value.hex()}"
    return value if isinstance(value, str) else str(value)


def reset_sequences(*models: type[Model]) -> None:
    """Let the next id follow the largest: rows were copied with theirs."""
    with connection.cursor() as cursor:
        for model in models:
            table = model._meta.db_table
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence(%s, 'id'), (SELECT max(id) FROM \"{table}\"))",  # noqa: S608  our own table's name
                [f'"{table}"'],
            )


@contextmanager
def without_indexes(*models: type[Model]) -> Iterator[None]:
    """Drop the tables' indexes that hold no constraint, and build them again behind the block: for millions of
    rows one sorted build is far cheaper than an insertion for each row."""
    definitions = _plain_indexes([model._meta.db_table for model in models])
    with connection.cursor() as cursor:
        for name in definitions:
            cursor.execute(f'DROP INDEX "{name}"')
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SET maintenance_work_mem = '512MB'")
            for definition in definitions.values():
                cursor.execute(definition)


def _plain_indexes(tables: list[str]) -> dict[str, str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT i.indexname, i.indexdef FROM pg_indexes i WHERE i.tablename = ANY(%s) AND NOT EXISTS"
            " (SELECT FROM pg_constraint c WHERE c.conindid = format('%%I', i.indexname)::regclass)",
            [tables],
        )
        return dict(cursor.fetchall())


def no_triggers() -> None:
    """Switch triggers and foreign key checks off for this session. A superuser's right, and said so if refused."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")


def need_superuser() -> None:
    """RuleError `superuser_needed` where `no_triggers` would be refused."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        if not cursor.fetchone()[0]:
            raise RuleError(
                "superuser_needed",
                "无法装入这个规模的样例：数据库用户不是超级用户，不能在装入时停用触发器。"
                "请换用超级用户，或装入 demo 规模。",
            )


def analyse() -> None:
    """VACUUM (ANALYZE): statistics for the planner, and the visibility map that index-only scans need."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")
