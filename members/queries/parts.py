"""Registers that were handed down (F32): what waits for a branch, and what became of each part for its sender."""

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Left, Length

from accounts.enums import AccountState
from accounts.models import Account
from members.enums import PartState
from members.models import RegisterPart
from members.models.register_part import RegisterPartQuerySet
from organizations.models import Organization
from sanjin.common.models import Job


def waiting_part(account: Account) -> RegisterPart | None:
    """What the account's branch has to import; one at most."""
    rows = RegisterPart.objects.visible_to(account).waiting().defer("content_sealed")
    return rows.select_related("sender").first()


def parts_of(job: Job, account: Account) -> RegisterPartQuerySet:
    """The parts of one's own register, with the name right above the branch (`parent_name`) and whether somebody can import
    them (`has_admin`, `has_active_admin`)."""
    admins = Account.objects.admins().filter(organization=OuterRef("branch"))
    parts = RegisterPart.objects.sent_by(account).filter(job=job).defer("content_sealed")
    # a branch that has moved away since stands under somebody who is none of the sender's business
    above = (
        Organization.objects.visible_to(account).filter(path=OuterRef("above")).order_by().values("name")[:1]
    )
    return parts.select_related("branch").annotate(
        above=Left("branch__path", Length("branch__path") - Organization.steplen),
        parent_name=Subquery(above),
        has_admin=Exists(admins),
        has_active_admin=Exists(admins.filter(state=AccountState.ACTIVE)),
    )


def count_by_state(job: Job, account: Account) -> dict[str, int]:
    """State → how many parts of one's own register. One query."""
    rows = RegisterPart.objects.sent_by(account).filter(job=job).order_by().values_list("state")
    return dict(rows.annotate(count=Count("pk")))


def declined_unseen(account: Account) -> QuerySet:
    """Registers of the account of which branches declined parts that it has not looked at: job's uuid and title, count."""
    rows = RegisterPart.objects.sent_by(account).filter(state=PartState.DECLINED, seen_at__isnull=True)
    return rows.order_by().values("job__uuid", "job__title").annotate(count=Count("pk"))
