"""Locks of PostgreSQL that belong to no row: who holds one keeps everybody else with the same number waiting.

Each number stands as a named constant beside what it guards; they are different throughout the house.
"""

from django.db import connection


def alone(number: int) -> None:
    """Wait until nobody else holds this lock, and keep it until the transaction ends."""
    _ask("SELECT pg_advisory_xact_lock(%s)", number)


def together(number: int) -> None:
    """The same, but beside others who ask for it so: only `alone` and they keep each other waiting."""
    _ask("SELECT pg_advisory_xact_lock_shared(%s)", number)


def _ask(statement: str, number: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, [number])
