"""Posts in every branch: a secretary, two committee members and a group leader (F36)."""

from collections.abc import Iterator
from uuid import uuid4

from django.db import connection

from members.models import MemberPost, Post
from organizations.enums import Nature

from ..people import AS_OF
from ..words import split
from .copying import copy_rows

# For the first members of a branch, who are full members with a phone.
NAMES = ("书记", "组织委员", "宣传委员", "党小组组长")
COLUMNS = split("uuid member_id organization_id post_id exclusive since")

_FIRST_MEMBERS = """
    SELECT id, organization_id, place FROM (
        SELECT id, organization_id, row_number() OVER (PARTITION BY organization_id ORDER BY id) AS place
        FROM members_member
    ) numbered WHERE place <= %s
"""


def load() -> None:
    """Give the posts of NAMES, as far as the catalogue has them, to the first members of every branch."""
    copy_rows(MemberPost, COLUMNS, _rows())


def _rows() -> Iterator[tuple]:
    catalogue = {post.name: post for post in Post.objects.filter(nature=Nature.BRANCH)}
    with connection.cursor() as cursor:
        cursor.execute(_FIRST_MEMBERS, [len(NAMES)])
        first_members = cursor.fetchall()
    for member, branch, place in first_members:
        if post := catalogue.get(NAMES[place - 1]):
            yield uuid4(), member, branch, post.id, post.exclusive, AS_OF
