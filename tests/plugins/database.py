"""After a test with real commits, the database is as the migrations left it: seeds included, nothing else.

Django's own flush empties every table that it knows, the seeds too (natures, rules, posts), and fails on
tables that it does not know (partitions, history). Here the rows after the migrations are remembered once a
run, and put back. Needs a superuser, as the embedded PostgreSQL's is: triggers and foreign keys rest while
the rows return.
"""

import io
from dataclasses import dataclass, field

import pytest
from django.db import connection
from django.test import TransactionTestCase

TABLES = """
    SELECT quote_ident(relname) FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition
      AND relname <> 'django_migrations' ORDER BY relname
"""
SEQUENCES = "SELECT quote_ident(sequencename), last_value FROM pg_sequences WHERE schemaname = 'public'"


@dataclass
class Snapshot:
    """The rows of every table that is not empty, as COPY text, and where the sequences stand."""

    rows: dict[str, str] = field(default_factory=dict)
    sequences: dict[str, int | None] = field(default_factory=dict)

    @classmethod
    def take(cls) -> "Snapshot":
        snapshot = cls()
        with connection.cursor() as cursor:
            for table in filled_tables(cursor):
                text = io.StringIO()
                cursor.copy_expert(f"COPY (SELECT * FROM {table}) TO STDOUT", text)
                snapshot.rows[table] = text.getvalue()
            cursor.execute(SEQUENCES)
            snapshot.sequences = dict(cursor.fetchall())
        return snapshot

    def restore(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET session_replication_role = replica")
            filled = filled_tables(cursor)
            if filled:
                cursor.execute(f"TRUNCATE {', '.join(filled)} RESTART IDENTITY CASCADE")
            for table, text in self.rows.items():
                cursor.copy_expert(f"COPY {table} FROM STDIN", io.StringIO(text))
            for sequence, value in self.sequences.items():
                if value is not None:
                    cursor.execute("SELECT setval(%s, %s)", [sequence, value])
            cursor.execute("SET session_replication_role = origin")


def filled_tables(cursor) -> list[str]:
    cursor.execute(TABLES)
    tables = [name for (name,) in cursor.fetchall()]
    cursor.execute(
        " UNION ALL ".join(f"SELECT '{name}' WHERE EXISTS (SELECT FROM {name})" for name in tables)
    )
    return [name for (name,) in cursor.fetchall()]


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """pytest-django's database, with our way back after a transactional test."""
    with django_db_blocker.unblock():
        snapshot = Snapshot.take()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda self: snapshot.restore())
        yield
