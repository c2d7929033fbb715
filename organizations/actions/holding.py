"""What is written into an organisation must find it standing, and it must stand until that is committed."""

from django.db import connection

from organizations.models import Organization
from sanjin.common.errors import RuleError

# A lock that a foreign key doesn't take: it waits for a change of the tree (`lock_tree`), looks at the row again, and
# makes the next change wait. Many may hold it at once. From the top down, as the tree itself is locked.
HOLD = """
    SELECT id FROM organizations_organization
    WHERE id = ANY(%(ids)s) AND state = 'active' AND (%(nature)s = '' OR nature = %(nature)s)
    ORDER BY path FOR SHARE
"""


def hold(*organizations: Organization, nature: str = "") -> None:
    """Keep organisations as they are until the transaction ends: active, and of this nature if one is given.

    RuleError `organization_changed` (409) if one was dissolved, merged, deleted or retyped since it was read.
    """
    wanted = {organization.pk: organization for organization in organizations}
    with connection.cursor() as cursor:
        cursor.execute(HOLD, {"ids": list(wanted), "nature": nature})
        standing = {pk for (pk,) in cursor.fetchall()}
    for pk, organization in wanted.items():
        if pk not in standing:
            raise RuleError(
                "organization_changed",
                f"“{organization}”刚刚被撤销、合并、删除或变更了性质，这次没有保存。请刷新页面查看；如有疑问，请联系上级党委管理员。",
                status=409,
            )
