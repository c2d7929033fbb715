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


def unfinished_part(account: Account) -> RegisterPart | None:
    """What the account's branch has to import, or else the newest of which rows are still to be corrected."""
    rows = RegisterPart.objects.visible_to(account).unfinished().defer("content_sealed")
    # "waiting" comes last by the alphabet
    return rows.select_related("sender").order_by("-state", "-pk").first()


def parts_of(job: Job, account: Account) -> RegisterPartQuerySet:
    """The parts of one's own register."""
    return RegisterPart.objects.sent_by(account).filter(job=job)


def with_standing(parts: RegisterPartQuerySet, account: Account) -> RegisterPartQuerySet:
    """Each of one's own parts with its branch, the name right above it (`parent_name`), whether somebody can import it
    (`has_admin`, `has_active_admin`), whose activation that waits for (`issued_admin`: an account's name), whether the
    branch stands below the account still (`in_scope`), and the next of one's own registers that has rows for it (`later`:
    its job's uuid)."""
    own = RegisterPart.objects.sent_by(account)
    later = own.filter(branch=OuterRef("branch"), pk__gt=OuterRef("pk")).order_by("pk")
    admins = Account.objects.admins().filter(organization=OuterRef("branch"))
    # a branch that has moved away since stands under somebody who is none of the sender's business
    known = Organization.objects.visible_to(account).order_by()
    above = known.filter(path=OuterRef("above")).values("name")[:1]
    issued = Account.objects.visible_to(account).admins().order_by("pk")
    issued = issued.filter(organization=OuterRef("branch"), state=AccountState.ISSUED)
    return (
        parts.defer("content_sealed")
        .select_related("branch")
        .annotate(
            above=Left("branch__path", Length("branch__path") - Organization.steplen),
            parent_name=Subquery(above),
            in_scope=Exists(known.filter(pk=OuterRef("branch"))),
            has_admin=Exists(admins),
            has_active_admin=Exists(admins.filter(state=AccountState.ACTIVE)),
            issued_admin=Subquery(issued.values("name")[:1]),
            later=Subquery(later.values("job__uuid")[:1]),
        )
    )


def count_by_state(job: Job, account: Account) -> dict[str, int]:
    """State → how many parts of one's own register. One query."""
    rows = parts_of(job, account).order_by().values_list("state")
    return dict(rows.annotate(count=Count("pk")))


def declined_unseen(account: Account) -> QuerySet:
    """Registers of the account of which branches declined parts that it has not looked at: job's uuid and title, count."""
    rows = RegisterPart.objects.sent_by(account).filter(state=PartState.DECLINED, seen_at__isnull=True)
    return rows.order_by().values("job__uuid", "job__title").annotate(count=Count("pk"))
