"""Posts in every branch: a secretary, two committee members and a group leader (F36)."""

from django.db import connection

from organizations.enums import Nature

from ..people import AS_OF

# For the first members of a branch, who are full members with a phone.
NAMES = ("支部书记", "组织委员", "宣传委员", "党小组组长")

_INSERT = """
    INSERT INTO members_memberpost (member_id, post_id, organization_id, exclusive, since)
    SELECT holder.id, post.id, holder.organization_id, post.exclusive, %(since)s
    FROM (
        SELECT id, organization_id, row_number() OVER (PARTITION BY organization_id ORDER BY id) AS place
        FROM members_member
    ) holder
    JOIN unnest(%(names)s) WITH ORDINALITY AS named (name, place) USING (place)
    JOIN members_post post ON post.name = named.name AND post.nature = %(nature)s
"""


def load() -> None:
    """Give the posts of NAMES, as far as the catalogue has them, to the first members of every branch."""
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, {"since": AS_OF, "names": list(NAMES), "nature": Nature.BRANCH})
