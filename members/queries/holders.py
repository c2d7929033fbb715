"""Who has a number: one query for any amount of numbers, by blind index."""

from collections.abc import Collection
from typing import Literal

from django.db import connection

from members.models import Member
from members.validators.taken import Holder

Kind = Literal["id_number", "phone", "account_name"]

# ANY(array) takes 5,000 indexes as one value; the ORM's IN prepares each by itself and takes five times as long.
# `NOT (state = 'recycled')` is the condition of the unique indexes, which this reads.
SQL = """
    SELECT m.{kind}_index, m.uuid, m.name, m.organization_id, o.name, o.phone
    FROM members_member m JOIN organizations_organization o ON o.id = m.organization_id
    WHERE m.{kind}_index = ANY(%s) AND NOT (m.state = 'recycled') AND m.id IS DISTINCT FROM %s
"""


def holders_of(kind: Kind, indexes: Collection[bytes], *, but: Member | None = None) -> dict[bytes, Holder]:
    """Blind index → holder, for those that are taken by somebody outside the recycle bin (and other than `but`).

    Sees every branch on purpose: a number is one person's in the whole country. Callers show no more than
    `members.validators.taken` says.
    """
    if not indexes:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(SQL.format(kind=kind), [list(indexes), but.pk if but else None])
        return {bytes(index): Holder(*rest) for index, *rest in cursor.fetchall()}
