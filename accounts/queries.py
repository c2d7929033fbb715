"""Reading accounts and documents."""

from collections.abc import Sequence
from typing import NamedTuple

from django.db import connection
from django.db.models import Count, Exists, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts.enums import AccountKind, AdminState
from accounts.models import Account, Consent, Document
from accounts.models.account import AccountQuerySet
from accounts.models.consent import DocumentKind
from accounts.permissions import manages
from organizations.models import Organization, OrganizationQuerySet
from organizations.paths import after, under_outer
from organizations.queries import direct_superior, superiors_of


def documents_in_force() -> list[Document]:
    """The newest version of each document that is in force today, the privacy notice first."""
    rows = Document.objects.filter(in_force_from__lte=timezone.localdate()).order_by("kind", "-version")
    return sorted(rows.distinct("kind"), key=lambda document: document.kind != DocumentKind.PRIVACY)


def consents_due(account: Account | None) -> list[Document]:
    """Documents in force that this account has not agreed to in their present version."""
    due = documents_in_force()
    if account is None or not due:
        return due
    given = set(
        Consent.objects.filter(account=account, document__in=due).values_list("document_id", flat=True)
    )
    return [document for document in due if document.pk not in given]


def organizations_without_admin(organization: Organization) -> OrganizationQuerySet:
    """Active organisations strictly below that have no admin account (F42), in the tree's order."""
    admins = Account.objects.filter(kind=AccountKind.ADMIN, organization=OuterRef("pk"))
    below = Organization.objects.below(organization).active().exclude(pk=organization.pk)
    return below.filter(~Exists(admins)).order_by("path")


MOST_WALKED = 5000

# From one organisation to the next in the tree's order, over whatever stands inside a committee: an index probe a step.
LED = """
WITH RECURSIVE led AS (
    (SELECT id, path, nature, state FROM organizations_organization
     WHERE path > %(top)s AND path < %(end)s ORDER BY path LIMIT 1)
    UNION ALL
    SELECT next.* FROM led CROSS JOIN LATERAL (
        SELECT id, path, nature, state FROM organizations_organization
        WHERE path > CASE WHEN led.nature = 'committee' THEN led.path || '~' ELSE led.path END AND path < %(end)s
        ORDER BY path LIMIT 1
    ) next
)
"""
FIRST = "(SELECT id, state FROM led LIMIT %(most)s) led"
LED_IDS = f"{LED} SELECT id FROM {FIRST} WHERE state = 'active'"  # noqa: S608  our own words only
LED_ACCOUNTS = f"""{LED}
SELECT count(*) FILTER (WHERE found.admins = 0), coalesce(sum(found.issued), 0)
FROM {FIRST} CROSS JOIN LATERAL (
    SELECT count(*) AS admins, count(*) FILTER (WHERE a.state = 'issued') AS issued
    FROM accounts_account a WHERE a.organization_id = led.id AND a.kind = 'admin'
) found
WHERE led.state = 'active'
"""  # noqa: S608  our own words only


class LedAccounts(NamedTuple):
    """lacking: organisations without an admin account. issued: admin accounts that nobody has activated yet."""

    lacking: int
    issued: int


def accounts_led(organization: Organization) -> LedAccounts:
    """Of the active organisations whose direct superior committee this is, among the first `MOST_WALKED` of them: asked
    on every page, so it costs what the committee leads itself, not its whole subtree. One query."""
    with connection.cursor() as cursor:
        cursor.execute(LED_ACCOUNTS, _walk(organization))
        lacking, issued = cursor.fetchone()
    return LedAccounts(int(lacking), int(issued))


def organizations_led(organization: Organization) -> list[int]:
    """Primary keys of the same organisations: at most `MOST_WALKED`."""
    with connection.cursor() as cursor:
        cursor.execute(LED_IDS, _walk(organization))
        return [pk for (pk,) in cursor.fetchall()]


def _walk(organization: Organization) -> dict[str, str | int]:
    return {"top": organization.path, "end": after(organization.path), "most": MOST_WALKED}


class Settled(NamedTuple):
    """入驻支部数 (F40): branches whose admin account is activated, and all active branches. A reset or a freeze doesn't undo
    it: the branch has come."""

    settled: int
    all: int


def settled_in(organizations: OrganizationQuerySet) -> Settled:
    """Of the branches among these. Counted from the tree, not from a label typed by hand. One query."""
    branches = organizations.branches().order_by()
    counts = branches.aggregate(settled=Count("pk", filter=Exists(_activated())), all=Count("pk"))
    return Settled(counts["settled"], counts["all"])


def by_admin(organizations: OrganizationQuerySet, state: str) -> OrganizationQuerySet:
    """Of these, those whose admin account stands so (`AdminState`)."""
    admins = Exists(Account.objects.admins().filter(organization=OuterRef("pk")))
    activated = Exists(_activated())
    return {
        AdminState.NONE: organizations.filter(~admins),
        AdminState.WAITING: organizations.filter(admins, ~activated),
        AdminState.UNSETTLED: organizations.filter(~activated),
        AdminState.SETTLED: organizations.filter(activated),
    }[AdminState(state)]


def settled_branches(organization: Organization) -> Settled:
    """Of the branches at and below an organisation."""
    return settled_in(Organization.objects.below(organization))


def settled_below(organizations: Sequence[Organization]) -> dict[int, Settled]:
    """The same for each of some organisations, by pk: one query for a page of them."""
    below = Organization.objects.branches().order_by().filter(under_outer())
    rows = Organization.objects.filter(pk__in=[row.pk for row in organizations]).order_by()
    found = rows.values_list("pk", _number(below.filter(Exists(_activated()))), _number(below))
    return {pk: Settled(settled, branches) for pk, settled, branches in found}


def _number(branches: OrganizationQuerySet) -> Coalesce:
    # grouped by what they all share: what stands below one organisation becomes one row
    return Coalesce(Subquery(branches.values("nature").annotate(n=Count("pk")).values("n")), 0)


def _activated() -> AccountQuerySet:
    return Account.objects.admins().filter(activated_at__isnull=False, organization=OuterRef("pk"))


def last_number(prefix: str) -> int:
    """The greatest number after this prefix in the names of accounts; 0 if there is none."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT max(substr(name, %s)::numeric) FROM accounts_account WHERE name ~ %s",
            [len(prefix) + 1, f"^{prefix}[0-9]+$"],
        )
        return int(cursor.fetchone()[0] or 0)


def can_manage(account: Account, other: Account) -> bool:
    """Whether `account` may reset, freeze, unfreeze and unlock `other` (see permissions.manages): one query."""
    superior = direct_superior(other.seat)
    return manages(account, superior.pk if superior else None, other)


def managed(account: Account, others: Sequence[Account]) -> set[int]:
    """Primary keys of those of `others` that `account` manages: one query for a page of a list."""
    superiors = superiors_of(other.seat for other in others)
    return {
        other.pk for other in others if manages(account, getattr(superiors[other.seat.pk], "pk", None), other)
    }
